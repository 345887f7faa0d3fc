import { z } from 'zod';
import type { Option, Options } from './command';
import { wholeNumber, writeChoice } from './readers';

const fieldSchema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  get anyOf() {
    return z.array(fieldSchema).optional();
  },
});
type Field = z.infer<typeof fieldSchema>;

const objectSchema = z.looseObject({ properties: z.record(z.string(), fieldSchema), required: z.array(z.string()).default([]) });

/** The alternative of a field that can be typed: not null. */
function writable(field: Field): Field {
  return field.anyOf?.find(({ type }) => type !== 'null') ?? field;
}

/** The default of a field as it would be typed; undefined for none, and for one that cannot be typed. */
function writeDefault({ default: value }: Field, reader: Option['reader']): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (reader !== undefined) return reader.write?.(value);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function complete(option: Option, field: Field, isRequired: boolean): Option {
  const { type, enum: words = [] } = writable(field);
  const { reader = type === 'integer' ? wholeNumber : undefined, help } = option;
  const fallback = option.fallback ?? writeDefault(field, option.reader);
  return {
    isRequired,
    isRepeated: type === 'array' && reader === undefined,
    ...option,
    ...(reader === undefined ? {} : { reader }),
    ...(fallback === undefined ? {} : { fallback }),
    help: reader === undefined && words.length > 0 ? `${help} One of ${writeChoice(words.map(String))}.` : help,
  };
}

/** Completes options from the fields of the same names in a schema: allowed values, whether they are required, and defaults. */
export function completeOptions(options: Options, schema: z.ZodType): Options {
  const object = objectSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const completed = Object.entries(options).map(([name, option]) => {
    const field = object.properties[name];
    return [name, field === undefined ? option : complete(option, field, object.required.includes(name))] as const;
  });
  return Object.fromEntries(completed);
}
