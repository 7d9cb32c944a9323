import lit from "eslint-plugin-lit";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules"] },
  ...tseslint.configs.strict,
  lit.configs["flat/recommended"],
  { rules: { "no-console": "error", eqeqeq: "error" } },
  { files: ["*.mjs"], rules: { "no-console": "off" } },
);
