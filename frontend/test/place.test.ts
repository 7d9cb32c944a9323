import { describe, expect, it } from "vitest";
import { fit } from "../src/place";

/** The attributes an element gets by its width, with letters of a size. */
function attributesOf(width: number, letters = 14): string[] {
  const element = document.createElement("div");
  element.style.fontSize = `${letters}px`;
  document.body.append(element);
  fit(element, width);
  return element.getAttributeNames().filter((name) => name !== "style");
}

describe("how wide a card is", () => {
  it.each([
    [700, []],
    [580, ["stacked"]],
    [476, ["medium", "stacked"]],
    [378, ["medium", "narrow", "stacked"]],
    [266, ["medium", "narrow", "stacked", "half"]],
    [210, ["medium", "narrow", "tiny", "stacked", "half"]],
  ])("%i px with usual letters: %j", (width, attributes) => {
    expect(attributesOf(width)).toEqual(attributes);
  });

  it("is counted in its letters: what is wide with small ones is narrow with large ones", () => {
    expect(attributesOf(560)).not.toContain("narrow");
    expect(attributesOf(560, 28)).toContain("narrow");
  });

  it("changes when it does", () => {
    const element = document.createElement("div");
    document.body.append(element);
    fit(element, 100);
    expect(element.hasAttribute("tiny")).toBe(true);
    fit(element, 900);
    expect(element.hasAttribute("tiny")).toBe(false);
    expect(element.style.getPropertyValue("--percent")).toBe("9.00px");
  });
});
