"use strict";
const body = document.querySelector("tbody");
const heads = [...document.querySelectorAll("thead th")];
const state = document.getElementById("sorted");

function compare(a, b, kind) {
  if (a === "" || b === "") return (a === "") - (b === ""); // what is not known comes last, whichever way
  return kind === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0;
}

heads.forEach((head, column) => {
  const button = head.querySelector("button");
  button.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    const kind = button.dataset.kind;
    const order = (row) => row.children[column].dataset.order;
    const rows = [...body.rows].sort((one, other) => {
      const a = order(one), b = order(other);
      const known = a !== "" && b !== "";
      return compare(a, b, kind) * (down && known ? -1 : 1);
    });
    body.append(...rows);
    heads.forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    state.textContent = `Sorted by ${button.textContent}, ${down ? "largest or last" : "smallest or first"} first.`;
  });
});
