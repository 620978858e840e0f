package sellers

import "testing"

func TestNamesAreComparedAsTheZonePrintsThem(t *testing.T) {
	for _, c := range []struct {
		form, read string
		full       bool
		same       bool
		note       string
	}{
		{"Lindqvist", "LINDQVIST", false, true, nameExact},
		{"Müller", "MUELLER", false, true, nameTransliterated},
		{"Müller", "MULLER", false, true, nameExact},
		{"Ærøskøbing", "AEROESKOEBING", false, true, nameTransliterated},
		{"O'Connor-Sänger", "OCONNOR SAENGER", false, true, nameTransliterated},
		{"Papandropoulous", "PAPANDROPOUL", true, true, nameTruncated},
		{"Papandropoulous", "PAPANDROPOUL", false, false, nameDiffers}, // there was room for more
		{"Nilavadhanananda Chayapa", "NILAVADHANANANDA C", true, true, nameTruncated},
		{"Elisabet Marit", "MARIT ELISABET", false, true, nameOrder},
		{"Marit", "MARIA", false, false, nameDiffers},
		{"", "MARIT", false, false, nameDiffers},
		{"Marit", "", false, false, nameDiffers},
		{"Мария", "MARIIA", false, false, nameDiffers}, // other scripts have tables of their own: a person looks
	} {
		if same, note := compareName(c.form, c.read, c.full); same != c.same || note != c.note {
			t.Errorf("%q against %q: %v %q, want %v %q", c.form, c.read, same, note, c.same, c.note)
		}
	}
}

func TestGivenNamesMayBeSomeOfThoseOnTheDocument(t *testing.T) {
	for form, wants := range map[string]bool{"Marit": true, "Elisabet": true, "Marit Elisabet": false, "Karin": false, "Marit Karin": false, "": false} {
		if got := fewerGiven(form, "MARIT ELISABET"); got != wants {
			t.Errorf("%q: %v", form, got)
		}
	}
}

func FuzzCompareNameNeverPanicsAndEqualNamesAreTheSame(f *testing.F) {
	f.Add("Müller", "MUELLER", true)
	f.Add("", "", false)
	f.Fuzz(func(t *testing.T, form, read string, full bool) {
		same, note := compareName(form, read, full)
		if same != (note != nameDiffers) {
			t.Fatalf("%q against %q: %v but %q", form, read, same, note)
		}
	})
}
