package handlers

import (
	"encoding/json"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sellers"
)

// unreadable is a request that no page of ours sends.
func unreadable(err error) error { return errs.Wrap(errs.Invalid, "form.unreadable", err) }

// bindCommit reads which step is asked for and what is promised.
func bindCommit(c echo.Context) (sellers.Commit, error) {
	var body struct {
		Step   int      `json:"step"`
		Hashes []string `json:"hashes"`
	}
	if err := json.NewDecoder(c.Request().Body).Decode(&body); err != nil {
		return sellers.Commit{}, unreadable(err)
	}
	return sellers.Commit{Session: visitorOf(c).session.ID, Step: body.Step, Hashes: body.Hashes}, nil
}

// bindCapture reads the pictures with their times.
func bindCapture(c echo.Context) (sellers.CaptureUpload, error) {
	up := sellers.CaptureUpload{Session: visitorOf(c).session.ID}
	frames, err := uploadedAll(c, "frame")
	if err != nil {
		return up, err
	}
	still, err := uploadedAll(c, "still")
	if err != nil {
		return up, err
	}
	if len(still) > 0 {
		up.Still.JPEG = still[0]
	}
	up.Key, up.Facts = uploadKey(c), []byte(c.FormValue("facts"))
	at, err := numbers(c, "at")
	if err != nil {
		return up, err
	}
	if up.Shown, err = numbers(c, "shown"); err != nil {
		return up, err
	}
	if len(at) != len(frames) {
		return up, errs.New(errs.Invalid, "form.unreadable")
	}
	for i, jpeg := range frames {
		up.Frames = append(up.Frames, sellers.Frame{OffsetMS: at[i], JPEG: jpeg})
	}
	return up, nil
}

// numbers reads a field that is sent many times.
func numbers(c echo.Context, field string) ([]int, error) {
	values := c.Request().MultipartForm.Value[field]
	out := make([]int, len(values))
	for i, text := range values {
		n, err := strconv.Atoi(text)
		if err != nil {
			return nil, unreadable(err)
		}
		out[i] = n
	}
	return out, nil
}
