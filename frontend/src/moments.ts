/** What calendar and clock show at a moment, as numbers. */

/** Gives the numbers a format writes of a moment, by what they mean; texts differ between browsers. */
export function partsOf(
  format: Intl.DateTimeFormat,
  moment: Date,
): Partial<Record<Intl.DateTimeFormatPartTypes, number>> {
  return Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
}
