// Offers the boards of boards.json and points the install button at the manifest of the chosen one.
const install = document.getElementById("install");
const list = document.getElementById("boards");

const { version, boards } = await (await fetch("boards.json")).json();
document.getElementById("version").textContent = version;

for (const [index, board] of boards.entries()) {
  const label = document.createElement("label");
  const choice = Object.assign(document.createElement("input"), {
    type: "radio",
    name: "board",
    value: board.name,
    checked: index === 0,
  });
  const text = document.createElement("span");
  const about = document.createElement("small");
  about.textContent = board.about;
  text.append(board.title, about);
  label.append(choice, text);
  list.append(label);
}

function choose() {
  const { value } = list.querySelector(":checked");
  install.manifest = `firmware/${value}.manifest.json`;
}
list.addEventListener("change", choose);
choose();
