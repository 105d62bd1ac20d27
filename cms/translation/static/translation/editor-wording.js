// What wagtail-localize's component says in English whatever the admin's language is. Texts are changed
// in the nodes that the component has made, which it goes on to use.
(() => {
  const { heading } = document.currentScript.dataset;

  document.addEventListener("DOMContentLoaded", () => {
    const root = document.querySelector(".js-translation-editor");
    if (!root?.dataset.props) return;
    const { sourceLocale, locale } = JSON.parse(root.dataset.props);
    const wordings = new Map([
      [`${sourceLocale.displayName} to ${locale.displayName} translation`, heading],
      ["More actions", gettext("More actions")],
    ]);
    root.querySelectorAll("h3, .w-sr-only").forEach(({ firstChild }) => {
      const wording = wordings.get(firstChild?.nodeValue);
      if (wording) firstChild.nodeValue = wording;
    });
  });
})();
