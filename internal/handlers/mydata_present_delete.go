package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"truepenny/internal/privacy"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/vault"
	"truepenny/views/kit"
	"truepenny/views/mydata"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// presentDeletions lists what can be deleted for itself, and what was.
func (s *Server) presentDeletions(c echo.Context) (mydata.DeletionsProps, error) {
	p := mydata.DeletionsProps{Frame: s.room(c, words.DeleteTitle, paths.MyDataDeletion("")), All: paths.MyDataDeletion(everything)}
	ctx, person := c.Request().Context(), visitorOf(c).account.ID
	holdings, err := s.Register.Describe(ctx, person)
	if err != nil {
		return p, err
	}
	for _, purpose := range ownPurposes() {
		n := 0
		for _, h := range holdings {
			if h.Purpose == purpose.ID {
				n = max(n, h.Count)
			}
		}
		if n > 0 {
			p.Purposes = append(p.Purposes, kit.SummaryRow{
				Key: words.PurposeName(string(purpose.ID)), Value: words.HeldCount(n),
				Content: mydata.DeleteLink(words.HeldCount(n), paths.MyDataDeletion(string(purpose.ID))),
			})
		}
	}
	earlier, err := s.Erasures.Of(ctx, person)
	if err != nil {
		return p, err
	}
	for _, e := range earlier {
		one := mydata.Erased{Event: kit.Event{At: latest(e.AskedAt, e.DoneAt), Text: words.DeletedFor(string(e.Purpose))}}
		if e.ReceiptID != "" {
			one.Receipt = paths.Receipt(e.ReceiptID)
		}
		p.Earlier = append(p.Earlier, one)
	}
	return p, nil
}

// presentDeletion says what goes and what stays before anything is done.
func (s *Server) presentDeletion(c echo.Context, purpose vault.Purpose) (mydata.DeletionProps, error) {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	value := string(purpose)
	if purpose == "" {
		value = everything
	}
	p := mydata.DeletionProps{
		Frame: s.room(c, words.DeleteTitle, paths.MyDataDeletion("")), Title: words.DeleteFor(string(purpose)), All: purpose == "",
		Post: paths.MyDataDeletion(""), Hidden: []kit.Hidden{{Name: "purpose", Value: value}}, Back: paths.MyDataDeletion(""),
	}
	preview, err := s.Erasures.Preview(ctx, actor.ID, purpose)
	if err != nil {
		return p, err
	}
	for _, h := range preview.Goes {
		if h.Count > 0 {
			p.Goes = append(p.Goes, kit.SummaryRow{Key: goesName(h), Value: words.HeldCount(h.Count)})
		}
	}
	for _, k := range preview.Stays {
		p.Stays = append(p.Stays, kit.SummaryRow{Key: words.StaysName(k.What), Value: words.StaysUntil(words.LawName(k.Law), k.Until)})
	}
	if !preview.HeldUntil.IsZero() {
		p.Stays = append(p.Stays, kit.SummaryRow{Key: words.MyHoldName, Value: words.MyHoldUntil(preview.HeldUntil)})
	}
	mine, err := s.Sellers.Mine(ctx, actor)
	if err != nil {
		return p, err
	}
	touches := purpose == "" || purpose == privacy.PurposeDocuments
	p.Open = touches && slices.ContainsFunc(mine, isOpen)
	stale, err := s.needsPasskey(c)
	if stale {
		p.Passkey = paths.With(paths.SignIn(), "again", "yes", "next", paths.MyDataDeletion(value))
	}
	return p, err
}

// goesName names what goes: sealed items by what they are for.
func goesName(h privacy.Holding) string {
	if h.What == "sealed-items" {
		return words.SealedFor(string(h.Purpose))
	}
	return words.HoldingName(h.What)
}

// presentReceipt shows a receipt in words; its file says the same to programs.
func (s *Server) presentReceipt(c echo.Context, r privacy.Receipt) mydata.ReceiptProps {
	p := mydata.ReceiptProps{PublicProps: s.public(c, words.ReceiptTitle), File: paths.ReceiptFile(r.ID), Alone: c.QueryParam("closed") != "" && !visitorOf(c).isSeller()}
	if visitorOf(c).isSeller() {
		p.Back = paths.MyData()
	}
	rows := 0
	for _, n := range r.Rows {
		rows += n.Count
	}
	p.Facts = []kit.SummaryRow{
		{Key: words.ReceiptWhat, Value: words.ReceiptScope(r.Scope), Note: words.ReceiptOccasion(string(r.Occasion))},
		{Key: words.ReceiptWhen, Value: words.Exactly(r.At)},
		countRow(words.ReceiptKeys, keyLines(r.Receipt)),
		countRow(words.ReceiptItems, itemLines(r.Receipt)),
		{Key: words.ReceiptRows, Value: words.Number(rows)},
		{Key: words.ReceiptLog, Value: words.AuditEntryNumber(r.Entry)},
	}
	for _, k := range r.Kept {
		p.Stays = append(p.Stays, kit.SummaryRow{Key: words.StaysName(k.What), Value: words.StaysUntil(words.LawName(k.Law), k.Until)})
	}
	return p
}

// countRow is a count with the list behind it, where there is one.
func countRow(key string, lines []string) kit.SummaryRow {
	row := kit.SummaryRow{Key: key, Value: words.Number(len(lines))}
	if len(lines) > 0 {
		row.Content = mydata.Several(row.Value, lines)
	}
	return row
}

func keyLines(r receipt.Receipt) []string {
	var out []string
	for _, k := range r.Keys {
		out = append(out, k.ID+" · "+words.PurposeName(k.Purpose)+" · "+words.Exactly(k.At))
	}
	return out
}

func itemLines(r receipt.Receipt) []string {
	var out []string
	for _, i := range r.Items {
		out = append(out, i.ID+" · "+words.PurposeName(i.Purpose)+" · SHA-256 "+i.SHA256)
	}
	return out
}
