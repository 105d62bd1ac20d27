// A query, its variables, the answer, and the schema to look things up in. No library.
"use strict";

const endpoint = document.body.dataset.endpoint;
const element = (id) => document.getElementById(id);

const INTROSPECTION = `{ __schema { types { name kind description
  fields { name description args { name type { ...Named } } type { ...Named } }
  inputFields { name type { ...Named } } enumValues { name } possibleTypes { name } } } }
  fragment Named on __Type { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name ofType { kind name } } } } } } }`;

async function ask(query, variables) {
  const response = await fetch(endpoint, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json", Accept: "application/graphql-response+json" },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: await response.json() };
}

async function run() {
  const started = performance.now();
  try {
    const variables = JSON.parse(element("variables").value || "{}");
    const { status, body } = await ask(element("query").value, variables);
    const took = Math.round(performance.now() - started);
    const cost = body.extensions?.cost?.requested;
    element("answer").textContent = JSON.stringify(body, null, 2);
    element("status").textContent =
      `${status}, ${took} ms${cost === undefined ? "" : `, cost ${cost}`}`;
  } catch (error) {
    element("answer").textContent = String(error);
    element("status").textContent = "";
  }
}

function written(type) {
  if (type.kind === "NON_NULL") return `${written(type.ofType)}!`;
  if (type.kind === "LIST") return `[${written(type.ofType)}]`;
  return type.name;
}

function line(field) {
  const args = (field.args || []).map((one) => `${one.name}: ${written(one.type)}`).join(", ");
  const item = document.createElement("li");
  const code = document.createElement("code");
  code.textContent = `${field.name}${args && `(${args})`}: ${written(field.type)}`;
  item.title = field.description || "";
  item.append(code);
  return item;
}

function named(one) {
  const item = document.createElement("li");
  const code = document.createElement("code");
  code.textContent = one.name;
  item.append(code);
  return item;
}

function show(types, wanted) {
  const found = types.filter(
    (type) =>
      !wanted ||
      type.name.toLowerCase().includes(wanted) ||
      (type.fields || []).some((field) => field.name.toLowerCase().includes(wanted)),
  );
  element("types").replaceChildren(
    ...found.map((type) => {
      const details = document.createElement("details");
      const summary = document.createElement("summary");
      summary.textContent = type.name;
      summary.title = type.description || "";
      const list = document.createElement("ul");
      list.append(
        ...(type.fields || type.inputFields || []).map(line),
        ...(type.kind === "UNION" ? type.possibleTypes : type.enumValues || []).map(named),
      );
      details.append(summary, list);
      details.open = type.name === "Query" && !wanted;
      return details;
    }),
  );
}

async function loadSchema() {
  const { body } = await ask(INTROSPECTION, {});
  if (!body.data) {
    element("types").textContent = body.errors[0].message;
    return;
  }
  const types = body.data.__schema.types.filter((type) => !type.name.startsWith("__"));
  types.sort((one, other) => (other.name === "Query") - (one.name === "Query"));
  element("find").addEventListener("input", () =>
    show(types, element("find").value.trim().toLowerCase()),
  );
  show(types, "");
}

element("run").addEventListener("click", run);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") run();
});
loadSchema();
