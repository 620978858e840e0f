package words

// Words of the shared components (views/kit and views/layout).
const (
	OutcomePass   = "Pass"
	OutcomeReview = "Needs a person"
	OutcomeFail   = "Does not match"
	OutcomeNotRun = "Not run"

	ErrorSummaryTitle = "Please check these points"
	ErrorPrefix       = "Error:"
	StepsLabel        = "Steps"
	StepDone          = "done"
	StepCurrent       = "you are here"

	Day       = "Day"
	Month     = "Month"
	Year      = "Year"
	ChooseOne = "Choose one"

	PagerLabel   = "Pages of this list"
	PagerPrev    = "Earlier"
	PagerNext    = "Later"
	SortUp       = "sorted, smallest first"
	SortDown     = "sorted, largest first"
	SelectAll    = "Select all on this page"
	Selected     = "selected"
	FiltersOn    = "Filters in use"
	RemoveFilter = "Remove this filter:"

	ProgressDone      = "done"
	ProgressWorking   = "working on it"
	ProgressWaiting   = "not yet"
	ProgressAttention = "needs a person"
	ProgressReload    = "Look again"

	ZoomIn     = "Larger"
	ZoomOut    = "Smaller"
	ZoomReset  = "Whole picture"
	ZoomHelp   = "Both pictures move together. Drag to move, turn the wheel to enlarge, or use the arrow keys, plus and minus."
	ZoomFrames = "Pictures of this capture"

	KeysTitle     = "Keys on this page"
	KeysNext      = "next row"
	KeysPrevious  = "previous row"
	KeysOpen      = "open the row"
	KeysHelp      = "this list"
	KeysPalette   = "go to any place, do any action"
	KeysSearch    = "search this list"
	KeysSingle    = "Use single-letter keys"
	PaletteTitle  = "Go to or do"
	PaletteLabel  = "Type a place or an action"
	PaletteNone   = "Nothing here has that name."
	AutosaveWait  = "Not saved yet. We keep trying."
	AutosaveSaved = "Saved {time}"

	Loading = "Loading"

	PasskeyNone   = "This browser cannot use passkeys. Another browser, or another device, can."
	PasskeyCancel = "The passkey was not used. Nothing has changed; you can try again."
	PasskeyFailed = "That did not work. Please try again."
	PasskeyScript = "Passkeys need JavaScript, which is off or blocked in this browser."

	ErrorReference = "Reference to quote:"
	ErrorHome      = "Go to the start page"

	PrintedOn = "Printed"
)
