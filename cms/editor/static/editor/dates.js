// Wagtail's date picker puts another day in place of one that it can't read, without a word:
// "4/21/2020" becomes today, "31/2/2026" the third of March. What was typed stays, and the form
// says what is wrong with it.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
