// Which segment wagtail-localize's editor shows where. Its component names none in the page, so they
// are told by their order, which is that of the data it was given, and by their source texts.
(() => {
  const FIELD = "textarea";

  // As the component has it: tab by tab, and in a tab all that is of one field or block together.
  function inOrderOfPage(segments, tabs) {
    const used = tabs.filter((tab) => segments.some((one) => one.location.tab === tab.slug));
    const parts =
      used.length > 1
        ? used.map((tab) => segments.filter((one) => one.location.tab === tab.slug))
        : [segments];
    return parts.flatMap((part) => {
      const groups = new Map();
      for (const segment of part) {
        const key = `${segment.location.field}/${segment.location.blockId || "null"}`;
        groups.set(key, [...(groups.get(key) || []), segment]);
      }
      return [...groups.values()].flat();
    });
  }

  class EditorSegments {
    constructor(root) {
      this.root = root;
      const { segments, tabs } = JSON.parse(root.dataset.props);
      this.segments = inOrderOfPage(segments, tabs);
    }

    // The list items of all segments; inside each stands a list of its buttons.
    items() {
      const found = this.root.querySelectorAll(".w-tabs li > ul > li");
      return [...found].filter((item) => item.querySelector(":scope > ul"));
    }

    // Each item with its text segment. Nothing of what can't be told: no help is better than wrong
    // help.
    entries() {
      const items = this.items();
      if (items.length !== this.segments.length) return [];
      return items
        .map((item, place) => ({ item, segment: this.segments[place] }))
        .filter(({ item, segment }) => {
          const source = item.querySelector(":scope > p");
          return segment.type === "string" && source?.textContent === segment.source;
        });
    }

    segmentOf(item) {
      return this.entries().find((entry) => entry.item === item)?.segment || null;
    }

    itemOf(element) {
      const items = this.items();
      return items.find((item) => item.contains(element)) || null;
    }

    fieldOf(item) {
      return item.querySelector(FIELD);
    }

    buttonOf(item) {
      return item.querySelector(":scope > ul button");
    }

    isSaving() {
      return this.root.querySelector(".w-tabs .icon-spinner") !== null;
    }

    // Opens a segment's field, on whatever tab it stands.
    open(item) {
      const tab = item.closest("section[hidden]");
      if (tab) this.root.querySelector(`#tab-label-${CSS.escape(tab.id.slice("tab-".length))}`)?.click();
      const field = this.fieldOf(item);
      if (field) field.focus();
      else this.buttonOf(item)?.click();
      item.scrollIntoView({ block: "center" });
    }

    // The nearest entry after (1) or before (-1) an item for which `isToDo` holds; from the end of the
    // page it goes on at the beginning.
    next(from, step, isToDo) {
      const entries = this.entries();
      const place = entries.findIndex((entry) => entry.item === from);
      const begin = place < 0 && step < 0 ? 0 : place;
      const around = entries.map((_, n) => entries.at((begin + (n + 1) * step) % entries.length));
      return around.find((entry) => entry.item !== from && isToDo(entry)) || null;
    }

    // Puts text where the caret is, or in place of all. Typed, not set: the browser can undo it, and
    // the component hears of it.
    write(field, text, { all = false } = {}) {
      field.focus();
      if (all) field.select();
      if (document.execCommand("insertText", false, text)) return;
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  window.translationEditorSegments = EditorSegments;
})();
