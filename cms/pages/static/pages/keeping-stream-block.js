// A stream that knows more blocks than it offers: see KeepingStreamBlockAdapter.
(() => {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;

  class KeepingStreamBlockDefinition extends StreamBlockDefinition {
    constructor(name, groupedChildBlockDefs, initialChildStates, meta) {
      super(name, groupedChildBlockDefs, initialChildStates, meta);
      // By name every block stays known: stored ones are shown.
      this.groupedChildBlockDefs = groupedChildBlockDefs
        .map(([group, defs]) => [group, defs.filter((def) => !meta.notOffered.includes(def.name))])
        .filter(([, defs]) => defs.length > 0);
    }
  }

  window.telepath.register("cms.pages.KeepingStreamBlock", KeepingStreamBlockDefinition);
})();
