const element = (name, text) => {
  const made = document.createElement(name);
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
};

const row = cells => {
  const made = element("tr");
  cells.forEach(cell => made.append(element("td", cell)));
  return made;
};

const parameters = (description, resolve) => {
  const table = element("table");
  const head = element("tr");
  ["parameter", "in", "meaning"].forEach(title => head.append(element("th", title)));
  table.append(head);
  description.map(resolve).forEach(each =>
    table.append(row([each.name, each.in, each.description || ""])));
  return table;
};

const example = (title, content) => {
  const parts = [];
  const media = content && Object.values(content)[0];
  if (media && media.example !== undefined) {
    parts.push(element("p", title));
    const text = typeof media.example === "string" ? media.example : JSON.stringify(media.example, null, 2);
    parts.push(element("pre", text));
  }
  return parts;
};

const show = api => {
  const resolve = each => each.$ref
    ? each.$ref.slice(2).split("/").reduce((node, name) => node[name], api)
    : each;
  document.getElementById("summary").textContent = api.info.summary;
  const all = document.getElementById("operations");
  all.replaceChildren();
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const section = element("section");
      section.append(element("h2", `${method.toUpperCase()} ${path}`));
      section.append(element("p", operation.summary + "."));
      if (operation.description) {
        section.append(element("p", operation.description));
      }
      if (operation.parameters) {
        section.append(parameters(operation.parameters, resolve));
      }
      section.append(...example("A request:", operation.requestBody && operation.requestBody.content));
      section.append(...example("An answer:", operation.responses["200"] && operation.responses["200"].content));
      all.append(section);
    }
  }
};

fetch("/api/v1/openapi.json")
  .then(response => response.json())
  .then(show)
  .catch(() => {
    document.getElementById("operations").textContent = "openapi.json could not be read; try again.";
  });
