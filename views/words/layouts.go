package words

import "strconv"

// Words of the layouts of print.
const (
	PlaceLayouts = "Layouts of print"

	LayoutsTitle      = "Layouts of print"
	LayoutsLead       = "A layout says where an issuer's documents have their print beside the machine-readable zone. The machine reads it there and compares it with the zone."
	LayoutsNew        = "New layout"
	LayoutsEmpty      = "No layouts yet"
	LayoutsEmptyText  = "Without one, people compare print and zone themselves."
	LayoutName        = "Name"
	LayoutFormat      = "Zone"
	LayoutFormatHelp  = "The kind of machine-readable zone on the page that the layout describes."
	LayoutIssuer      = "Issuer"
	LayoutIssuerHelp  = "Three letters as the zone has them, such as UTO. Empty for any issuer."
	LayoutAny         = "any"
	LayoutParts       = "Regions"
	LayoutChanged     = "Changed"
	LayoutRegions     = "Regions"
	LayoutRegionsHelp = "In per cent of the page's width and height, from its upper left corner. Leave out what the page does not have. Draw a region of print around the value, without its label."
	LayoutPart        = "Part"
	LayoutX           = "From left"
	LayoutY           = "From top"
	LayoutW           = "Width"
	LayoutH           = "Height"
	LayoutPicture     = "Picture of a specimen to draw on"
	LayoutPictureHelp = "Cut to the edges of the page. It stays in your browser and is not sent."
	LayoutSave        = "Save layout"
	LayoutRemoveTitle = "Remove this layout"
	LayoutRemoveText  = "From then on, people compare print and zone of these documents themselves. Checks that were made stay."
	LayoutRemove      = "Remove layout"
)

// LayoutDone says what was done.
func LayoutDone(code string) string {
	switch code {
	case "saved":
		return "The layout is saved. It counts for applications that are sent from now on."
	case "removed":
		return "The layout is removed."
	}
	return ""
}

// LayoutFormatName names a kind of zone.
func LayoutFormatName(format string) string {
	switch format {
	case "TD3":
		return "Passport page (TD3)"
	case "TD2":
		return "Larger card (TD2)"
	case "TD1":
		return "Card, the side with the zone (TD1)"
	case "IDFRA":
		return "French card until 2021"
	}
	return format
}

// LayoutPartName names a region.
func LayoutPartName(part string) string {
	switch part {
	case "portrait":
		return "Portrait"
	case "ghost":
		return "Second, smaller portrait"
	case "signature":
		return "Signature"
	}
	return FieldName(part)
}

// Plain writes a number for attributes, without separators.
func Plain(n int) string { return strconv.Itoa(n) }
