package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/answers"
	"truepenny/internal/staff"
	"truepenny/views/openness"
	"truepenny/views/paths"
)

var (
	// registerReaders may read the registers in full; who may change what is for
	// the service to say.
	registerReaders   = only(staff.Privacy, staff.Administrator, staff.Lead, staff.Auditor)
	demandWriters     = only(staff.Privacy)
	demandConfirmants = only(staff.Privacy, staff.Administrator, staff.Lead)
	partyWriters      = only(staff.Privacy, staff.Administrator)
)

// opennessRoutes are what is said in public, and the registers behind it.
func (s *Server) opennessRoutes() []route {
	get, post := http.MethodGet, http.MethodPost
	return []route{
		{method: get, path: paths.Answers(), name: "answers", who: anyone, do: s.showAnswers, public: true},
		{method: get, path: paths.AnswersJSON(), name: "answers.json", who: anyone, do: s.answersJSON, public: true},
		{method: get, path: paths.Refusals(), name: "refusals", who: anyone, do: s.showRefusals, public: true},
		{method: get, path: paths.RefusalsJSON(), name: "refusals.json", who: anyone, do: s.refusalsJSON, public: true},
		{method: get, path: paths.Demands(), name: "demands", who: anyone, do: s.showDemands, public: true},
		{method: get, path: paths.DemandsJSON(), name: "demands.json", who: anyone, do: s.demandsJSON, public: true},
		{method: get, path: paths.Processors(), name: "processors", who: anyone, do: s.showProcessors, public: true},
		{method: get, path: paths.Practice(), name: "practice", who: anyone, do: s.showPractice, public: true},

		{method: get, path: paths.DemandList(), name: "registers.demands", who: registerReaders, do: s.listDemands},
		{method: get, path: paths.DemandsCSV(), name: "registers.demands.export", who: registerReaders, do: s.exportDemands},
		{method: get, path: paths.DemandNew(), name: "registers.demand.form", who: demandWriters, do: s.newDemand},
		{method: post, path: paths.DemandList(), name: "registers.demand.enter", who: demandWriters, do: s.saveDemand},
		{method: get, path: "/console/registers/demands/:id", name: "registers.demand", who: registerReaders, do: s.showDemand},
		{method: post, path: "/console/registers/demands/:id", name: "registers.demand.save", who: demandWriters, do: s.saveDemand},
		{method: post, path: "/console/registers/demands/:id/confirmation", name: "registers.demand.confirm", who: demandConfirmants, do: s.confirmDemand},
		{method: get, path: paths.PartyList(), name: "registers.parties", who: registerReaders, do: s.listParties},
		{method: get, path: paths.PartiesCSV(), name: "registers.parties.export", who: registerReaders, do: s.exportParties},
		{method: get, path: paths.PartyNew(), name: "registers.party.form", who: partyWriters, do: s.newParty},
		{method: post, path: paths.PartyList(), name: "registers.party.enter", who: partyWriters, do: s.saveParty},
		{method: get, path: "/console/registers/parties/:id", name: "registers.party", who: registerReaders, do: s.showParty},
		{method: post, path: "/console/registers/parties/:id", name: "registers.party.save", who: partyWriters, do: s.saveParty},
	}
}

func (s *Server) showAnswers(c echo.Context) error {
	all, results, err := s.openAnswers(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, openness.Answers(s.presentAnswers(c, all, results)))
}

func (s *Server) answersJSON(c echo.Context) error {
	all, results, err := s.openAnswers(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.encodeAnswers(all, results))
}

func (s *Server) showRefusals(c echo.Context) error {
	results, err := s.Refusals.Register(c.Request().Context())
	if err != nil {
		return err
	}
	search, err := s.Refusals.Search(c.Request().Context())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, openness.Refusals(s.presentRefusals(c, results, search)))
}

func (s *Server) refusalsJSON(c echo.Context) error {
	results, err := s.Refusals.Register(c.Request().Context())
	if err != nil {
		return err
	}
	search, err := s.Refusals.Search(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, encodeRefusals(results, search))
}

func (s *Server) showDemands(c echo.Context) error {
	told, err := s.Registers.Public(c.Request().Context())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, openness.Demands(s.presentDemands(c, told)))
}

func (s *Server) demandsJSON(c echo.Context) error {
	told, err := s.Registers.Public(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, encodeDemands(told))
}

func (s *Server) showProcessors(c echo.Context) error {
	parties, err := s.Registers.Parties(c.Request().Context())
	if err != nil {
		return err
	}
	versions, err := s.Registers.Versions(c.Request().Context())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, openness.Processors(s.presentProcessors(c, parties, versions)))
}

// openAnswers reads the answers with the results that show that they are true.
func (s *Server) openAnswers(c echo.Context) ([]answers.Answer, checkResults, error) {
	all, err := s.Answers.All(c.Request().Context())
	if err != nil {
		return nil, nil, err
	}
	results, err := s.Refusals.Register(c.Request().Context())
	if err != nil {
		return nil, nil, err
	}
	return all, byCode(results), nil
}
