// Sends the form of a run again while something is left. Only once the page has loaded: before that, a
// browser may let the sending be overtaken by the load and drop it.
window.addEventListener("load", () => {
    document.querySelector("form[data-goes-on]")?.requestSubmit();
});
