package refusals

import (
	"slices"
	"strings"

	"truepenny/internal/privacy"
)

// check is one refusal with what proves it.
type check struct {
	code string
	look func(*look)
}

// Codes of the refusals, in the order they are shown.
const (
	Advertising   = "advertising"
	FacePalm      = "face-palm"
	PoliceSearch  = "police-search"
	FacePayment   = "face-payment"
	Voiceprints   = "voiceprints"
	Emotion       = "emotion"
	Training      = "training"
	Incentives    = "incentives"
	StaffWebcam   = "staff-webcam"
	KeyContent    = "key-content"
	Wearables     = "wearables"
	FamilyMedical = "family-medical"
	Polygraph     = "polygraph"
	Knowledge     = "knowledge-questions"
	ThirdParty    = "third-party-scripts"
)

var checks = []check{
	{Advertising, func(l *look) {
		l.names("advertising", "advertisement", "advert", "ad", "campaign", "lookalike", "marketing", "recommendation", "upsell", "retargeting", "newsletter")
		l.never("advertising", false)
		l.never("sale", false)
	}},
	{FacePalm, facePalm},
	{PoliceSearch, policeSearch},
	{FacePayment, facePayment},
	{Voiceprints, func(l *look) {
		l.names("voice", "voiceprint", "speech", "speaker", "audio", "microphone")
		l.networks(networksKnown)
		l.shut("", "microphone")
	}},
	{Emotion, func(l *look) {
		l.names("emotion", "mood", "feeling", "sentiment", "expression", "attention", "stress", "personality")
		l.networks(networksKnown)
		l.never("emotion", true)
	}},
	{Training, func(l *look) {
		l.names("training", "trainset", "finetune", "fine tune", "corpus")
		l.never("training", false)
	}},
	{Incentives, func(l *look) {
		l.names("reward", "bonus", "incentive", "voucher", "coupon", "discount", "cashback", "promo", "promotion", "gift", "points", "referral")
	}},
	{StaffWebcam, func(l *look) {
		l.names("webcam", "screenshot", "screen recording", "screencast", "presence", "productivity", "idle score", "staff camera", "staff picture", "staff video", "staff photo")
		l.shut(AsStaff, "camera", "microphone", "display-capture")
	}},
	{KeyContent, func(l *look) {
		l.names("keystroke", "keystrokes", "keypress", "keycode", "key code", "key text", "typed text", "clipboard", "keylog")
	}},
	{Wearables, func(l *look) {
		l.names("wearable", "heart", "pulse", "wristband", "gps", "geolocation", "location", "bluetooth", "steps taken")
		l.shut("", "geolocation", "usb")
	}},
	{FamilyMedical, func(l *look) {
		l.names("medical", "health", "diagnosis", "disease", "illness", "pregnancy", "disability", "child", "children", "spouse", "relative", "mother", "father", "household", "religion", "union member", "ethnicity")
	}},
	{Polygraph, func(l *look) {
		l.names("polygraph", "lie", "lie detector", "deception", "truthfulness", "honesty", "voice stress")
	}},
	{Knowledge, func(l *look) {
		l.names("security question", "secret question", "security answer", "secret answer", "kba", "maiden", "pet name", "memorable")
	}},
	{ThirdParty, thirdParty},
}

// networksKnown is every network that may be there, and what it gives back. A
// name that is not here fails the checks that rest on it until somebody has said
// what it does.
var networksKnown = map[string]string{
	"face-api-tiny-detector": "where faces are",
	"face-api-landmarks-68":  "68 points of a face",
	"face-api-recognition":   "numbers that two pictures of a face are compared by",
	"human-blazeface":        "where faces are",
	"human-face-mesh":        "468 points of a face's surface",
	"human-iris":             "points of an eye",
	"own-descriptor":         "numbers that two pictures of a face are compared by, from the operator's own network",
}

// facePalm holds that what is known of a face and what is known of a palm cannot
// be put together: no key opens both, no row holds both, no purpose uses both.
func facePalm(l *look) {
	switch {
	case l.Join == nil || l.Join.Keys == 0 || l.Join.Items == 0:
		l.find("nothing", "joins")
	case l.Join.Opened > 0:
		l.find("join", "opened")
	}
	if l.Join != nil {
		l.seen.Joins = 1
	}
	l.tables(func(t Table) {
		text := t.Name + " " + strings.Join(t.Columns, " ")
		if named(text, []string{"face"}) && named(text, []string{"palm"}) {
			l.find("table", t.Name)
		}
	})
	l.purposes(func(p privacy.Purpose) string {
		face := p.Modality == privacy.ModalityFace
		palm := p.Modality == privacy.ModalityPalm
		for _, u := range p.Uses {
			face = face || named(u, []string{"face"}) || u == "capture-frames"
			palm = palm || named(u, []string{"palm"})
		}
		if face && palm {
			return string(p.ID)
		}
		return ""
	})
}

// facePayment holds that nobody pays with their face.
func facePayment(l *look) {
	money := []string{"pay", "payment", "charge", "till", "card", "ledger", "wallet"}
	l.purposes(func(p privacy.Purpose) string {
		if p.Modality == privacy.ModalityFace && (named(string(p.ID)+" "+p.Why, money) || named(strings.Join(p.Uses, " "), money)) {
			return string(p.ID)
		}
		return ""
	})
	l.tables(func(t Table) {
		text := t.Name + " " + strings.Join(t.Columns, " ")
		if named(text, []string{"face", "capture"}) && named(text, money) {
			l.find("table", t.Name)
		}
	})
	l.need(&l.seen.Routes, "routes", len(l.Routes))
	for _, r := range l.Routes {
		if named(r.Path+" "+r.Name, money) && (named(r.Path+" "+r.Name, []string{"face"}) || r.Camera && r.Who[0] != "seller") {
			l.find("route", r.Method+" "+r.Path)
		}
	}
}

// thirdParty holds that pages load from this site only and may not do otherwise.
func thirdParty(l *look) {
	for _, p := range l.opened() {
		for _, s := range p.Sources {
			if !strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "#") && !strings.HasPrefix(s, "?") && !strings.HasPrefix(s, "data:") || strings.HasPrefix(s, "//") {
				l.find("page", p.Path+": "+s)
			}
		}
	}
	for _, p := range l.Pages { // an error page is an answer, too
		if why := looseness(p.ContentPolicy); why != "" {
			l.find("page", p.Path+": "+why)
		}
	}
}

// allowedSources are the only sources that a content policy may name.
var allowedSources = []string{"'none'", "'self'", "data:", "blob:"}

// looseness says what a Content-Security-Policy (W3C CSP Level 3) lets in that it
// must not: another origin, inline script, evaluation, anything at all.
func looseness(policy string) string {
	if !strings.Contains(policy, "default-src 'none'") {
		return "default-src"
	}
	for _, directive := range strings.Split(policy, ";") {
		words := strings.Fields(directive)
		for i, source := range words {
			if i > 0 && !slices.Contains(allowedSources, source) {
				return words[0] + " " + source
			}
			if i > 0 && words[0] == "script-src" && source != "'self'" && source != "'none'" {
				return words[0] + " " + source
			}
		}
	}
	return ""
}
