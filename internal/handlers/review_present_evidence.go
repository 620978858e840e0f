package handlers

import (
	"slices"
	"strings"
	"time"

	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/review"
	"truepenny/views/words"
)

// framePicture is the id of the picture that shows a capture's chosen frame.
const framePicture = "frame-large"

// presentEvidence puts the newest pictures side by side: document, face, back
// of the document, papers. What an earlier round left is linked, not shown.
func (s *Server) presentEvidence(p *review.CaseProps, f caseFile) {
	shown := map[string]bool{}
	show := func(e sellers.Evidence, pic kit.PictureProps) {
		shown[e.ID] = true
		p.Pictures = append(p.Pictures, pic)
	}
	front, back, papers := newest(f.Evidence)
	for _, e := range front {
		show(e, documentPicture(f, e))
	}
	if len(f.Captures) > 0 {
		presentCaseCapture(p, f, f.Captures[0], shown)
	}
	for _, e := range append(back, papers...) {
		show(e, documentPicture(f, e))
	}
	for _, e := range f.Evidence {
		if !shown[e.ID] && e.Kind != sellers.EvidenceFrame {
			p.Earlier = append(p.Earlier, review.Link{Text: evidenceName(e), Href: paths.CaseEvidence(f.Application.ID, e.ID), Note: words.Date(e.At)})
		}
	}
}

// newest picks the latest of each side and every paper; evidence comes newest
// round first.
func newest(all []sellers.Evidence) (front, back, papers []sellers.Evidence) {
	for _, e := range all {
		switch {
		case e.Kind == sellers.EvidencePaper:
			papers = append(papers, e)
		case e.Kind == sellers.EvidenceDocument && e.Side == sellers.Front && len(front) == 0:
			front = append(front, e)
		case e.Kind == sellers.EvidenceDocument && e.Side == sellers.Back && len(back) == 0:
			back = append(back, e)
		}
	}
	return front, back, papers
}

func documentPicture(f caseFile, e sellers.Evidence) kit.PictureProps {
	text := evidenceName(e)
	if reading := words.ReadingName(string(e.Reading)); reading != "" && !(e.Reading == sellers.ReadingFailed && otherSideRead(f, e)) {
		text += " · " + reading
	}
	links := []review.Link{}
	pic := kit.PictureProps{ID: e.ID, Src: paths.CaseEvidence(f.Application.ID, e.ID), Alt: evidenceName(e), Width: e.Width, Height: e.Height}
	for _, field := range f.Fields {
		if field.EvidenceID == e.ID && field.Box.W > 0 {
			pic.Boxes = withBox(pic.Boxes, fieldBox(field))
		}
	}
	pic.Boxes = paperBoxes(pic.Boxes, f.Checks, e.ID)
	if len(pic.Boxes) > 0 && e.Kind == sellers.EvidenceDocument {
		links = append(links, review.Link{Text: words.CaseWhatRead, Href: "#read"})
	}
	pic.Caption = review.Caption(text+" · "+words.SealedUntil(e.KeepUntil)+findingsText(e.Findings), links)
	return pic
}

// paperBoxes frames on a second paper what was found there.
func paperBoxes(boxes []kit.Box, checks []sellers.Check, evidenceID string) []kit.Box {
	for _, c := range checks {
		for _, pair := range c.Compared {
			if pair.Evidence != evidenceID || pair.Box.W == 0 {
				continue
			}
			tone := kit.ToneNone
			if !pair.Same {
				tone = kit.ToneWarn
			}
			boxes = withBox(boxes, kit.Box{X: float64(pair.Box.X), Y: float64(pair.Box.Y), W: float64(pair.Box.W), H: float64(pair.Box.H),
				Label: words.ComparedName(pair.What), Tone: tone})
		}
	}
	return boxes
}

// otherSideRead reports whether the other side of the same document was read: a
// card carries its machine-readable zone on one side only.
func otherSideRead(f caseFile, e sellers.Evidence) bool {
	return slices.ContainsFunc(f.Evidence, func(other sellers.Evidence) bool {
		return other.Kind == sellers.EvidenceDocument && other.Side != e.Side && (other.Reading == sellers.ReadingSure || other.Reading == sellers.ReadingUnsure)
	})
}

// withBox adds a box. Fields that stand in one run, such as both names, share
// one, which wears the graver mark.
func withBox(boxes []kit.Box, b kit.Box) []kit.Box {
	for i, other := range boxes {
		if other.X == b.X && other.Y == b.Y && other.W == b.W && other.H == b.H {
			boxes[i].Label += ", " + words.Within(b.Label)
			if other.Tone == kit.ToneNone || b.Tone == kit.ToneBad {
				boxes[i].Tone = b.Tone
			}
			return boxes
		}
	}
	return append(boxes, b)
}

// fieldBox marks what the seller corrected and what the reader is not sure of.
func fieldBox(f sellers.Field) kit.Box {
	tone := kit.ToneNone
	switch {
	case f.Corrected != "" && f.Corrected != f.Read:
		tone = kit.ToneBad
	case !f.Sure:
		tone = kit.ToneWarn
	}
	return kit.Box{X: float64(f.Box.X), Y: float64(f.Box.Y), W: float64(f.Box.W), H: float64(f.Box.H),
		Label: words.FieldName(string(f.Name)), Tone: tone}
}

func evidenceName(e sellers.Evidence) string {
	if e.Kind == sellers.EvidencePaper {
		return words.PaperKindName(string(e.PaperKind))
	}
	return words.EvidenceName(string(e.DocumentKind), string(e.Side))
}

func findingsText(findings []string) string {
	if len(findings) == 0 {
		return ""
	}
	list := make([]string, len(findings))
	for i, reason := range findings {
		list[i] = words.Finding(reason)
	}
	return " · " + strings.Join(list, ", ")
}

// presentCaseCapture shows the frame closest to the portrait large and all frames
// of the capture from one sheet.
func presentCaseCapture(p *review.CaseProps, f caseFile, capture sellers.Capture, shown map[string]bool) {
	frames := framesOf(f.Evidence, capture.ID)
	if len(frames) == 0 {
		return
	}
	best := bestFrame(f, frames)
	src := func(e sellers.Evidence) string { return paths.CaseEvidence(f.Application.ID, e.ID) }
	text := words.CaptureTook + ", " + words.CaptureSummary(time.Duration(capture.LengthMS)*time.Millisecond, len(frames), prompts(capture))
	if capture.Camera != "" {
		text += " · " + capture.Camera
	}
	if capture.Failed > 0 {
		text += " · " + words.FailedTries(capture.Failed)
	}
	strip := review.Capture{PictureID: framePicture, Text: text + " · " + words.SealedUntil(best.KeepUntil), Sheet: paths.CaseFrames(f.Application.ID, capture.ID),
		Columns: sheetColumns, Rows: sheetRows(len(frames))}
	for _, e := range frames {
		shown[e.ID] = true
		strip.Frames = append(strip.Frames, review.Frame{Href: src(e), Current: e.ID == best.ID,
			Alt: words.FrameAt(time.Duration(e.OffsetMS) * time.Millisecond)})
	}
	p.Pictures = append(p.Pictures, kit.PictureProps{
		ID: framePicture, Src: src(best), Alt: words.FramePicture, Width: best.Width, Height: best.Height, Caption: review.CaptureCaption(strip),
	})
}

// framesOf are the frames of a capture in the order they were taken, which is
// the order of the sheet.
func framesOf(all []sellers.Evidence, captureID string) []sellers.Evidence {
	var out []sellers.Evidence
	for _, e := range all {
		if e.Kind == sellers.EvidenceFrame && e.CaptureID == captureID {
			out = append(out, e)
		}
	}
	return out
}

// bestFrame is the frame that the face check found closest to the portrait,
// else the first.
func bestFrame(f caseFile, frames []sellers.Evidence) sellers.Evidence {
	compared := comparedFrames(f.Checks)
	if i := closest(compared); i >= 0 {
		if e, ok := evidenceByID(frames, compared[i].Left); ok {
			return e
		}
	}
	return frames[0]
}

func comparedFrames(checks []sellers.Check) []sellers.Compared {
	var out []sellers.Compared
	for _, c := range checks {
		if c.Kind != sellers.CheckFace {
			continue
		}
		for _, pair := range c.Compared {
			if pair.What == "frame" {
				out = append(out, pair)
			}
		}
	}
	return out
}

// prompts are the gestures that a capture asked for, in their order.
func prompts(capture sellers.Capture) string {
	names := make([]string, len(capture.Prompts))
	for i, prompt := range capture.Prompts {
		names[i] = words.GestureName(prompt.Gesture)
	}
	return strings.Join(names, ", ")
}
