/** The life of a demo device. Spans count in days before the day of seeding. */
export type DemoDevice =
  | {
      readonly name: string;
      readonly activatedDaysAgo: number;
      readonly refreshedDaysAgo?: readonly number[];
      /** Was set up anew: the same machine with new keys. */
      readonly reinstalledDaysAgo?: number;
      /** Gave its seat back, with proof. */
      readonly deactivatedDaysAgo?: number;
      /** Counted features used, as the proof says. */
      readonly usage?: Readonly<Record<string, number>>;
      /** Released without proof. */
      readonly releasedDaysAgo?: number;
      /** Its clock is off by so many days. */
      readonly clockOffDays?: number;
    }
  | {
      readonly name: string;
      /** Its request was handed in and nothing more. */
      readonly submittedDaysAgo: number;
    };

/** Devices of one kind, activated one after the other. */
export function fleet(kind: { name: string; count: number; firstDaysAgo: number; everyDays: number }): DemoDevice[] {
  return Array.from({ length: kind.count }, (_, index) => ({
    name: `${kind.name} ${index + 1}`,
    activatedDaysAgo: kind.firstDaysAgo - index * kind.everyDays,
  }));
}
