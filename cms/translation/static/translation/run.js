// Sends the form of a run again while something is left.
const form = document.querySelector("form[data-goes-on]");
if (form) {
    form.requestSubmit();
}
