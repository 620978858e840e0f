package words

// Names and labels that more than one feature shows.
const (
	Product      = "Truepenny"
	SkipLink     = "Skip to the main part"
	MenuLabel    = "Places"
	MainNavLabel = "Main"
	FooterLabel  = "About this service"

	Continue   = "Continue"
	Save       = "Save"
	Send       = "Send"
	Cancel     = "Cancel"
	Close      = "Close"
	Back       = "Back"
	Change     = "Change"
	Remove     = "Remove"
	TryAgain   = "Try again"
	ShowAll    = "Show all"
	Clear      = "Clear filters"
	Search     = "Search"
	Apply      = "Apply"
	Details    = "Details"
	History    = "History"
	SignOut    = "Sign out"
	SignedInAs = "Signed in as"
	Optional   = "(optional)"
	ExportCSV  = "Download as CSV"
	NotGiven   = "Not given"

	DemoLabel  = "Demo"
	DemoRibbon = "Demo marketplace: every person and document here is made up."

	ThemeLabel  = "Colours"
	ThemeSystem = "As on this device"
	ThemePaper  = "Light"
	ThemeInk    = "Dark"
)

// Title is what the browser shows for a page: its heading, then the product.
func Title(page string) string {
	if page == "" {
		return Product
	}
	return page + " · " + Product
}
