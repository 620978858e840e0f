package document

// Format names the shape of a machine-readable zone.
type Format string

// The formats of ICAO Doc 9303 parts 4 to 7, and the French identity card
// issued until 2021, which has a layout of its own.
const (
	TD1   Format = "TD1"   // card, 3 lines of 30
	TD2   Format = "TD2"   // larger card, 2 lines of 36
	TD3   Format = "TD3"   // passport, 2 lines of 44
	MRVA  Format = "MRVA"  // visa, 2 lines of 44, no composite digit
	MRVB  Format = "MRVB"  // small visa, 2 lines of 36, no composite digit
	IDFRA Format = "IDFRA" // French card until 2021, 2 lines of 36
)

// kind is what may be printed at a position; the filler < is always possible
// except where it is the point of the kind.
type kind byte

const (
	letters kind = iota // A-Z <
	digits              // 0-9 <
	either              // A-Z 0-9 <
	checkAt             // 0-9 <
	sexAt               // M F X <
)

// name of a field, used in Check.Field and by the layouts.
const (
	fieldType        = "document-type"
	fieldState       = "issuing-state"
	fieldNumber      = "number"
	fieldNames       = "names"
	fieldSurname     = "surname"
	fieldGiven       = "given-names"
	fieldNationality = "nationality"
	fieldBirth       = "birth-date"
	fieldSex         = "sex"
	fieldExpiry      = "expiry-date"
	fieldOptional    = "optional"
	fieldOptional2   = "optional-2"
	fieldComposite   = "composite"
)

// span is the run [from, to) of one line.
type span struct{ line, from, to int }

type field struct {
	name string
	span span
	kind kind
}

// rule is one check digit: where it stands and what it covers.
type rule struct {
	field string
	at    span // one character
	over  []span
	// mayMiss: ICAO lets the digit be < when the field is empty.
	mayMiss bool
}

// layout is everything that distinguishes a format.
type layout struct {
	format Format
	lines  int
	width  int
	fields []field
	rules  []rule
	// long: a document number of more than nine characters runs on into this
	// span when its check digit is < (Doc 9303-5, 4.2.2.1; 9303-6, 4.2.2.1).
	long *span
}

var layouts = map[Format]*layout{
	TD1: {format: TD1, lines: 3, width: 30,
		fields: []field{
			{fieldType, span{0, 0, 2}, letters}, {fieldState, span{0, 2, 5}, letters},
			{fieldNumber, span{0, 5, 14}, either}, {fieldOptional, span{0, 15, 30}, either},
			{fieldBirth, span{1, 0, 6}, digits}, {fieldSex, span{1, 7, 8}, sexAt},
			{fieldExpiry, span{1, 8, 14}, digits}, {fieldNationality, span{1, 15, 18}, letters},
			{fieldOptional2, span{1, 18, 29}, either}, {fieldNames, span{2, 0, 30}, letters},
		},
		rules: []rule{
			{fieldNumber, span{0, 14, 15}, []span{{0, 5, 14}}, false},
			{fieldBirth, span{1, 6, 7}, []span{{1, 0, 6}}, false},
			{fieldExpiry, span{1, 14, 15}, []span{{1, 8, 14}}, false},
			{fieldComposite, span{1, 29, 30}, []span{{0, 5, 30}, {1, 0, 7}, {1, 8, 15}, {1, 18, 29}}, false},
		},
		long: &span{0, 15, 30},
	},
	TD2: twoLines(TD2, 36, 28, []rule{
		{fieldComposite, span{1, 35, 36}, []span{{1, 0, 10}, {1, 13, 20}, {1, 21, 35}}, false}}, 35),
	TD3: twoLines(TD3, 44, 28, []rule{
		{fieldOptional, span{1, 42, 43}, []span{{1, 28, 42}}, true},
		{fieldComposite, span{1, 43, 44}, []span{{1, 0, 10}, {1, 13, 20}, {1, 21, 43}}, false}}, 42),
	MRVA: twoLines(MRVA, 44, 28, nil, 44),
	MRVB: twoLines(MRVB, 36, 28, nil, 36),
	IDFRA: {format: IDFRA, lines: 2, width: 36,
		fields: []field{
			{fieldType, span{0, 0, 2}, letters}, {fieldState, span{0, 2, 5}, letters},
			{fieldSurname, span{0, 5, 30}, letters}, {fieldOptional, span{0, 30, 36}, either},
			{fieldNumber, span{1, 0, 12}, either}, {fieldGiven, span{1, 13, 27}, letters},
			{fieldBirth, span{1, 27, 33}, digits}, {fieldSex, span{1, 34, 35}, sexAt},
		},
		rules: []rule{
			{fieldNumber, span{1, 12, 13}, []span{{1, 0, 12}}, false},
			{fieldBirth, span{1, 33, 34}, []span{{1, 27, 33}}, false},
			{fieldComposite, span{1, 35, 36}, []span{{0, 0, 36}, {1, 0, 35}}, false},
		},
	},
}

// formats in a fixed order, for every loop whose result must not depend on a map.
var formats = []Format{TD1, TD2, TD3, MRVA, MRVB, IDFRA}

// twoLines is what TD2, TD3, MRV-A and MRV-B share: names on the first line,
// everything else on the second, optional data from column 28.
func twoLines(f Format, width, optional int, more []rule, optionalEnd int) *layout {
	l := &layout{format: f, lines: 2, width: width,
		fields: []field{
			{fieldType, span{0, 0, 2}, letters}, {fieldState, span{0, 2, 5}, letters},
			{fieldNames, span{0, 5, width}, letters},
			{fieldNumber, span{1, 0, 9}, either}, {fieldNationality, span{1, 10, 13}, letters},
			{fieldBirth, span{1, 13, 19}, digits}, {fieldSex, span{1, 20, 21}, sexAt},
			{fieldExpiry, span{1, 21, 27}, digits}, {fieldOptional, span{1, optional, optionalEnd}, either},
		},
		rules: append([]rule{
			{fieldNumber, span{1, 9, 10}, []span{{1, 0, 9}}, false},
			{fieldBirth, span{1, 19, 20}, []span{{1, 13, 19}}, false},
			{fieldExpiry, span{1, 27, 28}, []span{{1, 21, 27}}, false},
		}, more...),
	}
	if f == TD2 {
		l.long = &span{1, optional, optionalEnd}
	}
	return l
}

// kinds spreads the layout over its positions: kinds()[line][column].
func (l *layout) kinds() [][]kind {
	out := make([][]kind, l.lines)
	for i := range out {
		out[i] = make([]kind, l.width)
	}
	for _, f := range l.fields {
		for c := f.span.from; c < f.span.to; c++ {
			out[f.span.line][c] = f.kind
		}
	}
	for _, r := range l.rules {
		out[r.at.line][r.at.from] = checkAt
	}
	return out
}

// allows tells whether c may be printed at a position of this kind.
func (k kind) allows(c byte) bool {
	letter, digit := c >= 'A' && c <= 'Z', c >= '0' && c <= '9'
	switch k {
	case letters:
		return letter || c == '<'
	case digits, checkAt:
		return digit || c == '<'
	case sexAt:
		return c == 'M' || c == 'F' || c == 'X' || c == '<'
	}
	return letter || digit || c == '<'
}

func (s span) of(lines []string) string { return lines[s.line][s.from:s.to] }
