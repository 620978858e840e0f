package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

const (
	captureSeconds = 5  // as package liveness draws its challenges
	captureFrames  = 24 // enough for four frames and more at every prompt
)

// presentFace shows the camera step in the state it is in. Only a page that
// shows the camera draws a challenge.
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
	challenge, err := s.Sellers.StartCapture(c.Request().Context(), visitorOf(c).actor(), app.ID)
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
	if challenge.TriesLeft < s.Sellers.Policy.FailedCaptures {
		p.Tries = words.TriesLeft(challenge.TriesLeft)
	}
	p.Capture = &kit.CaptureFaceProps{
		Post: paths.ApplicationCapture(app.ID, challenge.CaptureID), Key: ids.New("key"), Challenge: presentChallenge(challenge),
		Decline: p.Other, Other: words.FaceOther, Frames: min(captureFrames, challenge.MaxFrames),
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

func presentChallenge(ch sellers.Challenge) kit.FaceChallenge {
	out := kit.FaceChallenge{ID: ch.CaptureID}
	for _, p := range ch.Prompts {
		out.Prompts = append(out.Prompts, kit.FacePrompt{Code: p.Gesture, Words: words.Prompt(p.Gesture), Arrow: arrow(p.Gesture), Millis: p.UntilMS - p.FromMS})
	}
	return out
}

// arrow is where the person sees themselves go in the mirror picture: their own
// left is the left of the screen.
func arrow(gesture string) string {
	for _, side := range []string{"left", "right", "straight", "up", "down"} {
		if strings.HasSuffix(gesture, side) {
			return side
		}
	}
	return ""
}
