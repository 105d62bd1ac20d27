// Beside wagtail-localize's editor: what the memory and the glossary know of the segment whose field
// has the focus. All texts come from the panel's own template or, as plain text, from the server.
(() => {
  const TYPING_PAUSE = 400; // milliseconds without a key until a wording is checked
  const KEYS = 9;
  const OPEN = "translation-help-open";

  class SidePanel {
    constructor(panel, segments) {
      this.panel = panel;
      this.segments = segments;
      this.urls = panel.dataset;
      this.toggle = document.querySelector("[data-side-panel-toggle=translation]");
      this.field = null; // the one that was last in focus
      this.item = null; // and the segment that it is of
      this.left = null; // the segment that was saved, to whose button the focus goes
      this.insertions = [];
      this.marks = {};
      this.changed = false; // whether something was saved that the marks don't know of yet
    }

    start() {
      const { root } = this.segments;
      root.addEventListener("focusin", (event) => this.onFocus(event.target));
      root.addEventListener("input", (event) => this.onInput(event.target));
      document.addEventListener("keydown", (event) => this.onKey(event), true);
      new MutationObserver(() => this.onChange()).observe(root, { childList: true, subtree: true });
      this.rememberOpen();
      this.loadMarks();
    }

    // The panel opens by itself where there is room, until somebody closes it.
    rememberOpen() {
      const side = this.panel.closest("[data-side-panel]");
      const roomy = window.matchMedia("(min-width: 70em)").matches;
      if (roomy && localStorage.getItem(OPEN) !== "false") side.dispatchEvent(new CustomEvent("open"));
      document.addEventListener("click", (event) => {
        if (!event.target.closest("[data-side-panel-toggle], [data-form-side-close-button]")) return;
        localStorage.setItem(OPEN, this.toggle.getAttribute("aria-expanded"));
      });
    }

    // ---- What happens in the editor ----

    onFocus(target) {
      const item = target.matches("textarea") ? this.segments.itemOf(target) : null;
      const segment = item && this.segments.segmentOf(item);
      if (!segment || target === this.field) return;
      this.field = target;
      this.item = item;
      this.forget(); // at once: a key must not put in what was meant for another segment
      this.lookUp(segment);
      this.check(segment, target.value);
    }

    onInput(target) {
      if (target !== this.field) return;
      const segment = this.segments.segmentOf(this.item);
      clearTimeout(this.typing);
      if (segment) this.typing = setTimeout(() => this.check(segment, target.value), TYPING_PAUSE);
    }

    onKey(event) {
      if (event.isComposing || event.metaKey) return;
      const inField = this.field?.isConnected && event.target === this.field;
      const digit = /^Digit(\d)$/.exec(event.code);
      if (inField && event.altKey && !event.ctrlKey && digit) {
        event.preventDefault();
        if (digit[1] === "0") this.copySource();
        else this.insertions[digit[1] - 1]?.();
      } else if (event.altKey && !event.ctrlKey && /^Arrow(Up|Down)$/.test(event.key)) {
        event.preventDefault();
        this.go(event.key === "ArrowDown" ? 1 : -1);
      } else if (inField && event.key === "Enter") {
        // The editor saves and takes the field away, and with it the focus.
        const { item } = this;
        if (event.ctrlKey) setTimeout(() => this.go(1, item));
        else this.left = item;
      }
    }

    copySource() {
      const segment = this.segments.segmentOf(this.item);
      if (segment) this.segments.write(this.field, segment.source, { all: true });
    }

    go(step, from = this.segments.itemOf(document.activeElement) || this.item) {
      const next = this.segments.next(
        from,
        step,
        ({ item, segment }) => !item.classList.contains("complete") || segment.id in this.marks,
      );
      if (next) this.segments.open(next.item);
    }

    onChange() {
      if (this.field && !this.field.isConnected) {
        this.field = null;
        this.forget();
      }
      if (this.segments.isSaving()) {
        this.changed = true;
      } else if (this.changed) {
        this.changed = false;
        if (this.left && document.activeElement === document.body) {
          this.segments.buttonOf(this.left)?.focus();
        }
        this.left = null;
        this.loadMarks();
      }
    }

    // ---- What is asked of the server ----

    async lookUp(segment) {
      const query = new URLSearchParams({ segment: segment.id, locale: this.urls.locale });
      const answer = await this.ask("looking", `${this.urls.lookUpUrl}?${query}`);
      if (answer) this.show(answer);
    }

    async check(segment, wording) {
      const body = new URLSearchParams({ segment: segment.id, locale: this.urls.locale, wording });
      const token = this.panel.querySelector("[name=csrfmiddlewaretoken]").value;
      const headers = { "X-CSRFToken": token };
      const answer = await this.ask("checking", this.urls.checkUrl, { method: "POST", body, headers });
      if (answer) this.showProblems(answer.problems);
    }

    async loadMarks() {
      const answer = await this.ask("marking", this.urls.marksUrl);
      if (!answer) return;
      this.marks = answer.segments;
      this.fill("summary", answer.summary.map((line) => this.line(line)));
      this.segments.entries().forEach((entry) => this.mark(entry));
      const counter = this.toggle.querySelector("[data-side-panel-toggle-counter]");
      counter.textContent = answer.warnings;
      counter.hidden = answer.warnings === 0;
    }

    // The answer, or nothing where it failed or another question of this kind was asked meanwhile.
    async ask(kind, url, options = {}) {
      this[kind]?.abort();
      const asking = new AbortController();
      this[kind] = asking;
      try {
        const response = await fetch(url, { ...options, signal: asking.signal });
        if (!response.ok || response.redirected) throw new Error(`${response.status} for ${url}`);
        const answer = await response.json();
        this.part("failure").hidden = true;
        return this[kind] === asking ? answer : null;
      } catch (error) {
        if (error.name !== "AbortError") this.part("failure").hidden = false;
        return null;
      }
    }

    // ---- What is shown ----

    show({ suggestions, terms, said }) {
      this.insertions = [];
      this.fill("suggestions", suggestions.map((one) => this.suggestion(one)));
      this.fill("terms", terms.map((one) => this.term(one)));
      this.part("idle").hidden = true;
      this.part("suggestions").hidden = false;
      this.part("no-suggestions").hidden = suggestions.length > 0;
      this.part("terms").hidden = terms.length === 0;
      this.panel.querySelector("[data-said]").textContent = said;
    }

    forget() {
      this.looking?.abort();
      this.checking?.abort();
      clearTimeout(this.typing);
      this.insertions = [];
      for (const name of ["suggestions", "terms", "problems"]) this.part(name).hidden = true;
      this.part("idle").hidden = false;
    }

    showProblems(problems) {
      this.fill("problems", problems.map((problem) => this.line(problem)));
      this.part("problems").hidden = problems.length === 0;
    }

    suggestion(one) {
      const entry = this.copy("suggestion", {
        likeness: `${one.likeness} %`,
        wording: one.wording,
        whence: one.whence,
        page: one.page?.title,
      });
      const page = entry.querySelector("[data-slot=page]");
      if (one.page) page.href = one.page.url;
      this.flag(entry, { machine: one.machine, former: !one.current, pageless: !one.page });
      const difference = entry.querySelector("[data-slot=difference]");
      for (const { kind, text } of one.difference) {
        const element = document.createElement({ old: "del", new: "ins", same: "span" }[kind]);
        element.textContent = text;
        difference.append(element);
      }
      difference.hidden = one.difference.length === 0;
      return this.insertable(entry, one.wording, true);
    }

    term(one) {
      const entry = this.copy("term", {
        source: one.source,
        target: one.target,
        also: one.also.join(", "),
        forbidden: one.forbidden.join(", "),
        note: one.note,
      });
      const { also, forbidden, enforced } = one;
      this.flag(entry, { also: also.length > 0, forbidden: forbidden.length > 0, enforced });
      return this.insertable(entry, one.target, false);
    }

    // Gives an entry the next key that is free, and its button the same to do.
    insertable(entry, text, all) {
      const insert = () => this.field?.isConnected && this.segments.write(this.field, text, { all });
      const number = this.insertions.push(insert);
      const button = entry.querySelector("[data-insert]");
      button.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays
      button.addEventListener("click", insert);
      const key = entry.querySelector("[data-slot=key]");
      key.hidden = number > KEYS;
      key.textContent = `Alt+${number}`;
      if (number <= KEYS) button.setAttribute("aria-keyshortcuts", `Alt+${number}`);
      return entry;
    }

    // Marks stand after everything that the editor keeps in the item itself.
    mark({ item, segment }) {
      item.querySelectorAll(":scope > .translation-mark").forEach((element) => element.remove());
      item.append(...(this.marks[segment.id] || []).map((mark) => this.line(mark, "mark")));
    }

    line({ kind, text, binding }, template = "line") {
      const entry = this.copy(template, {});
      entry.dataset.kind = kind;
      entry.textContent = text;
      if (binding) entry.dataset.binding = "";
      return entry;
    }

    copy(template, texts) {
      const { content } = this.panel.querySelector(`template[data-template=${template}]`);
      const entry = content.firstElementChild.cloneNode(true);
      for (const [slot, text] of Object.entries(texts)) {
        const element = entry.querySelector(`[data-slot=${slot}]`);
        element.textContent = text || "";
        element.hidden = !text;
      }
      return entry;
    }

    flag(entry, flags) {
      for (const [name, shown] of Object.entries(flags)) {
        entry.querySelector(`[data-flag=${name}]`).hidden = !shown;
      }
    }

    fill(list, entries) {
      this.panel.querySelector(`[data-list=${list}]`).replaceChildren(...entries);
    }

    part(name) {
      return this.panel.querySelector(`[data-part=${name}]`);
    }
  }

  // After the editor, which waits for the same moment.
  document.addEventListener("DOMContentLoaded", () => {
    const panel = document.querySelector("[data-translation-help]");
    const root = document.querySelector(".js-translation-editor");
    if (panel && root?.dataset.props) {
      new SidePanel(panel, new window.translationEditorSegments(root)).start();
    }
  });
})();
