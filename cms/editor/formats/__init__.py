"""How dates, times and numbers are read and written, one package for each language.

Django's own formats for Vietnamese read 4/21/2020 and refuse 21/4/2020, and begin the week on a
Sunday. English has a package too: the admin's date fields show day/month/year in every language,
so what they show must be read the same way in each, never as month/day.
"""
