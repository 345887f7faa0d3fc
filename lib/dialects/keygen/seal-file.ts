import type { SealedFile } from '@/lib/licensing/exchange/reply';
import type { KeygenIssuer } from './issuer';
import type { LicenceFileInput, MachineFileDetails } from './licence-details';
import { licenceFileDetails } from './licence-details';
import { includedWithLicence, includedWithMachine, licenceResource, machineResource } from './resources';
import { writeFile } from './write-file';

/**
 * Seals a licence file, `<licence id>.lic`.
 *
 * @param issuedAt not later than the clock of the reading machine, where that is known
 * @throws ZodError when the details do not fit the format, which is a fault of the portal's data
 */
export async function sealLicenceFile(input: {
  details: LicenceFileInput;
  issuer: KeygenIssuer;
  issuedAt: Date;
}): Promise<SealedFile> {
  const { issuer, issuedAt } = input;
  const details = licenceFileDetails.parse(input.details);
  const content = {
    data: licenceResource(issuer.account, details.licence),
    ...(details.include.length === 0 ? {} : { included: includedWithLicence(issuer.account, details, details.include) }),
    meta: metaOf(issuedAt, details.ttlSeconds),
  };
  const { algorithm, licence } = details;
  const text = await writeFile({ kind: 'license', content, algorithm, secret: licence.key, issuer });
  return { fileName: `${licence.id}.lic`, text };
}

/** Seals a machine file, `<machine id>.lic`, from parsed details; otherwise as {@link sealLicenceFile}. */
export async function sealMachineFile(input: {
  details: MachineFileDetails;
  issuer: KeygenIssuer;
  issuedAt: Date;
}): Promise<SealedFile> {
  const { details, issuer, issuedAt } = input;
  const content = {
    data: machineResource(issuer.account, details),
    ...(details.include.length === 0 ? {} : { included: includedWithMachine(issuer.account, details) }),
    meta: metaOf(issuedAt, details.ttlSeconds),
  };
  const { algorithm, licence, machine } = details;
  const secret = `${licence.key}${machine.fingerprint}`;
  const text = await writeFile({ kind: 'machine', content, algorithm, secret, issuer });
  return { fileName: `${machine.id}.lic`, text };
}

function metaOf(issuedAt: Date, ttlSeconds: number | null): object {
  const expiry = ttlSeconds === null ? null : new Date(issuedAt.getTime() + ttlSeconds * 1000).toISOString();
  return { issued: issuedAt.toISOString(), expiry, ttl: ttlSeconds };
}
