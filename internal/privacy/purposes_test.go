package privacy_test

import (
	"slices"
	"strings"
	"testing"

	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

func TestEveryPurposeSaysEverythingThatThePersonMayAsk(t *testing.T) {
	for _, p := range privacy.Purposes() {
		if len(p.Uses) == 0 || p.Why == "" || p.Basis == "" || p.Modality == "" || p.KeptDays <= 0 || p.Clock == "" || len(p.SeenBy) == 0 {
			t.Errorf("%s is not described: %+v", p.ID, p)
		}
		if (p.Basis == privacy.BasisConsent) != p.Consent {
			t.Errorf("%s: basis %s, consent %v", p.ID, p.Basis, p.Consent)
		}
		if found, ok := privacy.PurposeNamed(string(p.ID)); !ok || found != p.ID {
			t.Errorf("%s is not found by its name", p.ID)
		}
	}
}

func TestNothingOfABodyIsUsedWithoutAnAnswerAndARoadAroundIt(t *testing.T) {
	for _, p := range privacy.Purposes() {
		if !p.Modality.Biometric() {
			continue
		}
		if !p.Consent && p.Basis != privacy.BasisDeclared {
			t.Errorf("%s measures a body without a consent", p.ID)
		}
		if len(p.Instead) == 0 {
			t.Errorf("%s has no road around it", p.ID)
		}
		for _, never := range []string{"advertising", "sale", "police-search", "emotion", "training"} {
			if !slices.Contains(p.Never, never) {
				t.Errorf("%s does not rule out %s", p.ID, never)
			}
		}
	}
}

func TestThereIsNoOtherPurposeNoAdvertisingAndNoTraining(t *testing.T) {
	for _, name := range []string{"", "other", "misc", "advertising", "marketing", "recommendations", "training", "research", "analytics",
		"police", "police-search", "emotion", "sale", "voiceprint"} {
		if _, found := privacy.PurposeNamed(name); found {
			t.Errorf("%q is a purpose", name)
		}
	}
	for _, p := range privacy.Purposes() {
		for _, ruledOut := range []string{"advertising", "sale", "training"} {
			if !slices.Contains(p.Never, ruledOut) || slices.Contains(p.Uses, ruledOut) || p.Why == ruledOut {
				t.Errorf("%s does not rule out %s", p.ID, ruledOut)
			}
		}
	}
}

func TestFaceAndPalmAreNeverOnePurpose(t *testing.T) {
	seen := map[vault.Purpose]privacy.Modality{}
	for _, p := range privacy.Purposes() {
		if _, twice := seen[p.ID]; twice {
			t.Errorf("%s stands twice", p.ID)
		}
		seen[p.ID] = p.Modality
	}
	if seen[privacy.PurposeFace] == seen[privacy.PurposePalm] {
		t.Error("face and palm are one modality")
	}
}

func TestOnlyWhatIsBuiltIsOffered(t *testing.T) {
	for _, p := range privacy.Purposes() {
		notYet := p.ID == privacy.PurposeDuplicates || p.ID == privacy.PurposeGuard || p.ID == privacy.PurposePalm
		if p.Offered == notYet {
			t.Errorf("%s: offered %v", p.ID, p.Offered)
		}
	}
}

func TestEveryOfferedPurposeHasANoticeAndNoOtherHasOne(t *testing.T) {
	versions := map[string]bool{}
	for _, n := range privacy.Notices() {
		if versions[n.Version] || len(n.Text) < 200 || len(n.Hash()) != 64 {
			t.Errorf("notice %q", n.Version)
		}
		versions[n.Version] = true
	}
	for _, p := range privacy.Purposes() {
		if _, found := privacy.CurrentNotice(p.ID, "sv"); found != p.Offered {
			t.Errorf("%s: offered %v, notice %v", p.ID, p.Offered, found)
		}
	}
}

func TestNoticesNameThosePeopleWhoSeeWhatIsCollected(t *testing.T) {
	says := map[string]string{"reviewer": "people who decide", "privacy": "privacy officer"}
	for _, p := range privacy.Purposes() {
		n, found := privacy.CurrentNotice(p.ID, "en")
		if !found || p.ID == privacy.PurposeLab { // of which those who answer for the measurement are named
			continue
		}
		for _, role := range p.SeenBy {
			if !strings.Contains(n.Text, says[role]) {
				t.Errorf("%s is seen by %s, and the notice does not say so", p.ID, role)
			}
		}
	}
}
