package handlers

import (
	"fmt"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// captureSeconds is about how long a capture takes, as package liveness draws its
// challenges.
const captureSeconds = 15

// presentFace shows the camera step in the state it is in. A challenge is drawn
// only when the person starts.
func (s *Server) presentFace(c echo.Context, app sellers.Application) (viewsellers.FaceProps, error) {
	frame, progress, err := s.way(c, app, words.FaceTitle, sellers.StepCapture)
	if err != nil {
		return viewsellers.FaceProps{}, err
	}
	p := viewsellers.FaceProps{
		Frame: frame, Title: words.FaceTitle, Lead: words.FaceLead, Other: paths.ApplicationRoad(app.ID), Consent: paths.ApplicationConsent(app.ID),
		Facts: []kit.SummaryRow{
			{Key: words.WhatIsKept, Value: words.FaceKept(days(s.Sellers.Policy.FaceKept))},
			{Key: words.WhoDecides, Value: words.APerson},
		},
	}
	if len(todoOf(progress, sellers.StepCapture)) == 0 && c.QueryParam("again") == "" {
		p.Title, p.Lead, p.Done = words.FaceDoneTitle, "", words.FaceAccepted
		p.Next, p.Retake = stepPath(app.ID, progress.Next), paths.With(paths.ApplicationFace(app.ID), "again", "1")
		return p, nil
	}
	return s.presentCapture(c, app, p)
}

func (s *Server) presentCapture(c echo.Context, app sellers.Application, p viewsellers.FaceProps) (viewsellers.FaceProps, error) {
	left, err := s.Sellers.CaptureOpen(c.Request().Context(), visitorOf(c).actor(), app.ID)
	switch errs.ReasonOf(err) {
	case "capture.paused":
		p.Title, p.Lead, p.Pause = words.FacePauseTitle, words.FacePauseText, words.PausedUntil(app.CapturePause)
		return p, nil
	case "engine.missing":
		p.Title, p.Lead = words.FaceNoEngine, words.FaceNoEngineDo
		return p, nil
	}
	if err != nil {
		return p, err
	}
	p.Again = tips(c)
	if left < s.Sellers.Policy.FailedCaptures {
		p.Tries = words.TriesLeft(left)
	}
	light, err := s.Sellers.LightOffered(c.Request().Context(), app)
	if err != nil {
		return p, err
	}
	p.Capture = &kit.CaptureFaceProps{
		Start: paths.ApplicationCaptures(app.ID), Light: light,
		Decline: p.Other, Other: words.FaceOther,
	}
	return p, nil
}

// tips are the sentences for the reasons in the address; only known ones say
// anything.
func tips(c echo.Context) []string {
	var known []string
	for _, id := range strings.Fields(c.QueryParam("tip")) {
		if words.Reasons[id] != "" {
			known = append(known, id)
		}
	}
	return sayReasons(known)
}

// captureStart is what a page needs of a capture that began.
type captureStart struct {
	First     captureStep `json:"first"`
	Steps     int         `json:"steps"`
	MaxFrames int         `json:"maxFrames"`
	Post      string      `json:"post"` // where the pictures go
	Ask       string      `json:"ask"`  // where the next step is asked for
}

// captureStep is one step as the page shows it.
type captureStep struct {
	Step        int      `json:"step"`
	Prompt      string   `json:"prompt"`
	Words       string   `json:"words"`
	Millis      int      `json:"millis"`
	Light       []string `json:"light,omitempty"` // CSS colours, one after the other
	ShadeMillis int      `json:"shadeMillis,omitempty"`
	Done        bool     `json:"done"`
}

func presentCaptureStart(id string, ch sellers.Challenge) captureStart {
	return captureStart{First: presentReveal(ch.First), Steps: ch.Steps, MaxFrames: ch.MaxFrames,
		Post: paths.ApplicationCapture(id, ch.CaptureID), Ask: paths.ApplicationSteps(id, ch.CaptureID)}
}

func presentReveal(r sellers.Reveal) captureStep {
	out := captureStep{Step: r.Step, Prompt: r.Prompt, Millis: r.Millis, ShadeMillis: r.ShadeMS, Done: r.Done}
	if !r.Done {
		out.Words = words.Prompt(r.Prompt)
	}
	for _, c := range r.Light {
		out.Light = append(out.Light, fmt.Sprintf("rgb(%d, %d, %d)", c.R, c.G, c.B))
	}
	return out
}
