/** Numbers, times and lengths the way the user has set them in Home Assistant. */

import type { HomeAssistant, Locale } from "./types";

const NUMBER_LOCALES: Record<string, string | undefined> = {
  comma_decimal: "en-US",
  decimal_comma: "de",
  space_comma: "fr",
  quote_decimal: "de-CH",
  system: undefined,
};
const FEET_PER_METRE = 3.28084;

function numberLocale(locale: Locale): string | undefined {
  return locale.number_format in NUMBER_LOCALES ? NUMBER_LOCALES[locale.number_format] : locale.language;
}

/** Writes a number with at most so many digits after the point. */
export function formatNumber(hass: HomeAssistant, value: number, digits = 0): string {
  const none = hass.locale.number_format === "none";
  return new Intl.NumberFormat(none ? "en-US" : numberLocale(hass.locale), {
    maximumFractionDigits: digits,
    useGrouping: !none,
  }).format(value);
}

/** Writes a share of 1 as percent. */
export function formatPercent(hass: HomeAssistant, share: number): string {
  return new Intl.NumberFormat(numberLocale(hass.locale), {
    style: "percent",
    maximumFractionDigits: 0,
  }).format(share);
}

/** Gives the time zone times are shown in: Home Assistant's unless the user chose the browser's. */
export function timeZone(hass: HomeAssistant): string | undefined {
  return hass.locale.time_zone === "server" ? hass.config.time_zone : undefined;
}

/** Writes the time of day of a moment. */
export function formatTime(hass: HomeAssistant, moment: Date): string {
  const { time_format: format, language } = hass.locale;
  const options: Intl.DateTimeFormatOptions = {
    hour: "numeric",
    minute: "2-digit",
    timeZone: timeZone(hass),
  };
  if (format === "12" || format === "24") {
    options.hourCycle = format === "12" ? "h12" : "h23";
  }
  return new Intl.DateTimeFormat(format === "system" ? undefined : language, options).format(moment);
}

/** Writes when something was: its time if today, else weekday or date and time. */
export function formatWhen(hass: HomeAssistant, moment: Date, now: Date): string {
  const day = (date: Date, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(hass.locale.language, { ...options, timeZone: timeZone(hass) }).format(date);
  const time = formatTime(hass, moment);
  const exact: Intl.DateTimeFormatOptions = { year: "numeric", month: "numeric", day: "numeric" };
  if (day(moment, exact) === day(now, exact)) {
    return time;
  }
  const recent = now.getTime() - moment.getTime() < 6 * 86_400_000;
  return `${day(moment, recent ? { weekday: "short" } : { month: "short", day: "numeric" })}, ${time}`;
}

/** Writes a date (YYYY-MM-DD), which belongs to no time zone. */
export function formatDate(hass: HomeAssistant, date: string, options: Intl.DateTimeFormatOptions): string {
  const noon = new Date(`${date}T12:00:00Z`);
  return new Intl.DateTimeFormat(hass.locale.language, { ...options, timeZone: "UTC" }).format(noon);
}

/** Writes a duration: "45 sec", "3:45 min", "12 min", "1 hr 5 min". */
export function formatDuration(hass: HomeAssistant, seconds: number): string {
  const whole = Math.round(seconds);
  const unit = (value: number, name: "minute" | "second" | "hour", written?: string) =>
    new Intl.NumberFormat(numberLocale(hass.locale), {
      style: "unit",
      unit: name,
      unitDisplay: "short",
      maximumFractionDigits: 0,
    })
      .formatToParts(value)
      .map((part) => (part.type === "integer" ? (written ?? part.value) : part.value))
      .join("");
  if (whole < 60) {
    return unit(whole, "second");
  }
  if (whole >= 3600) {
    const minutes = Math.round((whole % 3600) / 60);
    return `${unit(Math.floor(whole / 3600), "hour")}${minutes ? ` ${unit(minutes, "minute")}` : ""}`;
  }
  // "3:45 min" is said as minutes, whatever the language does with one minute.
  return whole < 600 && whole % 60
    ? unit(2, "minute", formatCountdown(whole))
    : unit(Math.round(whole / 60), "minute");
}

/** Writes what is left of a stage: "2:05". */
export function formatCountdown(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Writes a length in the units of the house. */
export function formatLength(hass: HomeAssistant, metres: number): string {
  const { value, unit } = lengthIn(hass, metres);
  return `${formatNumber(hass, value)} ${unit}`;
}

/** Converts metres to the unit of the house that walks are told in. */
export function lengthIn(hass: HomeAssistant, metres: number): { value: number; unit: string } {
  const imperial = hass.config.unit_system.length === "mi";
  return imperial ? { value: metres * FEET_PER_METRE, unit: "ft" } : { value: metres, unit: "m" };
}
