package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/form"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
	"truepenny/views/review"
)

// decision is what a reviewer typed, as it came.
type decision struct {
	kind    review.Open
	reason  string
	words   string
	items   []string
	confirm bool
	version int64
	seen    int64
	// appealed is for the preview alone: after an appeal there is no other.
	appealed bool
}

func bindDecision(c echo.Context) (decision, error) {
	raw, err := c.FormParams()
	if err != nil {
		return decision{}, errs.Wrap(errs.Invalid, "form.unreadable", err)
	}
	v := form.New(raw)
	d := decision{kind: review.Open(v.Raw("kind")), reason: v.Raw("reason"), words: v.Raw("words"), items: raw["items"], confirm: v.Raw("confirm") != "", appealed: v.Raw("appealed") != ""}
	d.version, _ = strconv.ParseInt(v.Raw("version"), 10, 64)
	d.seen, _ = strconv.ParseInt(v.Raw("seen"), 10, 64)
	return d, nil
}

func (d decision) decision() sellers.Decision {
	out := sellers.Decision{Kind: sellers.DecisionKind(d.kind), Words: d.words}
	if out.Kind == sellers.Refuse {
		out.ReasonCode = d.reason
	}
	if out.Kind == sellers.Ask {
		for _, item := range d.items {
			out.Items = append(out.Items, sellers.Item(item))
		}
	}
	if out.Kind == sellers.Approve {
		out.Words = ""
	}
	return out
}

// desk is the state of the decision forms on a case page: what was typed, what
// was wrong with it, what it ran into.
type desk struct {
	open     review.Open
	typed    decision
	err      error // Invalid fields
	conflict bool
}

// decisionForm shows one form of the decision in the page itself.
func (s *Server) decisionForm(c echo.Context) error {
	file, err := s.openCase(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, review.Case(s.presentCase(c, file, desk{open: knownForm(c.QueryParam("kind"))})))
}

func knownForm(kind string) review.Open {
	switch open := review.Open(kind); open {
	case review.OpenAsk, review.OpenRefuse:
		return open
	}
	return review.OpenApprove
}

// decideCase takes the first decision.
func (s *Server) decideCase(c echo.Context) error {
	typed, err := bindDecision(c)
	if err != nil {
		return err
	}
	app, err := s.Sellers.Decide(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), typed.version, typed.decision())
	if err != nil {
		return s.again(c, desk{open: knownForm(string(typed.kind)), typed: typed, err: err})
	}
	what := map[sellers.State]string{sellers.Approved: "approved", sellers.Second: "proposed", sellers.Asked: "asked"}[app.State]
	return seeOther(c, paths.QueueDone(queueQuery(c), app.Number, what))
}

// secondLookForm shows the form with which a proposal is given back.
func (s *Server) secondLookForm(c echo.Context) error {
	file, err := s.openCase(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, review.Case(s.presentCase(c, file, desk{open: review.OpenReturn})))
}

// secondLook takes the second person's answer to a proposed refusal.
func (s *Server) secondLook(c echo.Context) error {
	typed, err := bindDecision(c)
	if err != nil {
		return err
	}
	look := sellers.SecondLook{Confirm: typed.confirm, Words: typed.words}
	app, err := s.Sellers.SecondLook(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), typed.version, look)
	if err != nil {
		return s.again(c, desk{open: review.OpenReturn, typed: typed, err: err})
	}
	what := map[bool]string{true: "refused", false: "returned"}[look.Confirm]
	return seeOther(c, paths.QueueDone(queueQuery(c), app.Number, what))
}

// again shows the case with what was typed: beside what is wrong with it, or
// beside what changed in the meantime. Other errors go their way.
func (s *Server) again(c echo.Context, d desk) error {
	status := http.StatusUnprocessableEntity
	switch errs.CodeOf(d.err) {
	case errs.Invalid:
	case errs.Conflict:
		d.conflict, status = true, http.StatusConflict
	default:
		return d.err
	}
	file, err := s.openCase(c)
	if err != nil {
		return err
	}
	return render(c, status, review.Case(s.presentCase(c, file, d)))
}

// previewDecision shows what the seller would read, without deciding anything.
func (s *Server) previewDecision(c echo.Context) error {
	typed, err := bindDecision(c)
	if err != nil {
		return err
	}
	if fragment(c) {
		return render(c, http.StatusOK, review.PreviewPart(s.presentPreview(typed.decision(), typed.appealed)))
	}
	file, err := s.openCase(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, review.Case(s.presentCase(c, file, desk{open: knownForm(string(typed.kind)), typed: typed})))
}

// declareConnection records that the visitor knows the seller; somebody else
// decides. Nobody asks how: that is not ours to keep.
func (s *Server) declareConnection(c echo.Context) error {
	number, _ := strconv.ParseInt(c.FormValue("number"), 10, 64) // for the message only
	if err := s.Sellers.DeclareConnection(c.Request().Context(), visitorOf(c).actor(), c.Param("id")); err != nil {
		return err
	}
	return seeOther(c, paths.QueueDone(queueQuery(c), number, "connected"))
}
