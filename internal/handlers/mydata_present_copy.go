package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/copies"
	"truepenny/views/kit"
	"truepenny/views/mydata"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// presentCopy shows the copy in whatever state it is; there is none when it is
// being removed.
func (s *Server) presentCopy(c echo.Context, have copies.Copy, found bool) mydata.CopyProps {
	p := mydata.CopyProps{Frame: s.room(c, words.MyCopyTitle, paths.MyDataCopy()), Ask: paths.MyDataCopies()}
	if !found {
		return p
	}
	p.Copy = mydata.Copy{Asked: true, Self: paths.MyDataCopy(), Remove: paths.MyDataCopyRemoval(have.ID)}
	switch have.State {
	case copies.Waiting, copies.Making:
		p.Ask = ""
		p.Copy.Title, p.Copy.Text = words.MyCopyMaking, words.MyCopyMakingSub
		p.Copy.Progress = &kit.ProgressProps{ID: "copy-progress", Steps: presentCopySteps(have), Stream: paths.MyDataCopyProgress(have.ID), Reload: paths.MyDataCopy()}
	case copies.Ready:
		p.Copy.Title, p.Copy.Text, p.Copy.File = words.MyCopyReady, words.MyCopyUntil(have.ExpiresAt), paths.MyDataCopyFile(have.ID)
		p.Copy.Facts = []kit.SummaryRow{{Key: words.MyCopyInside, Value: words.HeldCount(have.Total), Note: words.MyCopySize(have.Bytes)}}
	default:
		p.Copy.Title, p.Copy.Text, p.Copy.Remove = words.MyCopyFailed, words.MyCopyFailedSub, ""
	}
	return p
}

func presentCopySteps(c copies.Copy) []kit.ProgressStep {
	step := kit.ProgressStep{Name: words.MyCopyStep, State: kit.Working, Note: words.MyCopyProgress(c.Done, c.Total, c.Bytes)}
	switch c.State {
	case copies.Waiting:
		step.State, step.Note = kit.Waiting, words.MyCopyQueued
	case copies.Ready:
		step.State = kit.Done
	case copies.Failed, copies.Ending:
		step.State, step.Note = kit.Attention, words.MyCopyFailed
	}
	return []kit.ProgressStep{step}
}
