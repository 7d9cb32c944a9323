import lit from "eslint-plugin-lit";
import tseslint from "typescript-eslint";

// What `Intl` writes is for people, and differs between browsers: what is read out of it are its parts.
const FORMATTED = "CallExpression[callee.property.name=/^(format|formatRange|toLocale\\w*String)$/]";
const READING =
  "/^(at|charAt|indexOf|match|matchAll|replace|replaceAll|search|slice|split|substring|substr)$/";
const message = "Formatted text differs between browsers: use formatToParts.";
const READS_FORMATTED = [
  { selector: `MemberExpression[property.name=${READING}] > ${FORMATTED}.object`, message },
  { selector: `CallExpression[callee.name=/^(Number|parseInt|parseFloat|Date)$/] > ${FORMATTED}`, message },
  { selector: `NewExpression[callee.name="Date"] > ${FORMATTED}`, message },
  {
    selector: `CallExpression[callee.property.name=/^(parse|parseInt|parseFloat)$/] > ${FORMATTED}`,
    message,
  },
  { selector: `UnaryExpression[operator="+"] > ${FORMATTED}`, message },
];

export default tseslint.config(
  { ignores: ["node_modules"] },
  ...tseslint.configs.strict,
  lit.configs["flat/recommended"],
  { rules: { "no-console": "error", eqeqeq: "error" } },
  { files: ["src/**"], rules: { "no-restricted-syntax": ["error", ...READS_FORMATTED] } },
  { files: ["*.mjs"], rules: { "no-console": "off" } },
);
