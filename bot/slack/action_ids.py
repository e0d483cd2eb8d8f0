"""The names by which Slack sends back what was pressed; each has one listener."""

SHOW_ALL = "show_all_areas"
SHOW_AREA = "show_area"
CHOOSE_AREA = "choose_area"
CHOOSE_METRIC = "choose_metric"
SHOW_HELP = "show_help"
SHOW_SAMPLE = "show_sample"
ENTER_FIGURES = "enter_figures"
FORM_AREA = "figures_area"
FORM_TRACK = "figures_track"
UNDO_IMPORT = "undo_import"
FIGURES_FORM = "figures_form"  # callback_id of the form
FIGURES_SAVED = "figures_saved"  # callback_id of what is shown after it
IMPORT_FILES = "import_files"
IMPORT_FORM = "import_form"  # callback_id of the form that takes files
IMPORT_CHECK = "import_check"  # callback_id of what an import would change
IMPORT_SHOWN = "import_shown"  # callback_id of what is shown before and after it
UNDO_FILES = "undo_files"
