package demo

import "truepenny/internal/staff"

// employee is an invented member of staff.
type employee struct {
	name, mailbox, about string
	role                 staff.Role
}

// employees has one of each role and a second reviewer, so that a refusal finds
// its second person. Everybody's family name is Demo.
var employees = []employee{
	{"Robin Demo", "robin.reviewer", "decides cases", staff.Reviewer},
	{"Sam Demo", "sam.reviewer", "decides cases and takes the second look", staff.Reviewer},
	{"Lee Demo", "lee.lead", "leads the reviewers", staff.Lead},
	{"Ash Demo", "ash.administrator", "invites staff and sets roles", staff.Administrator},
	{"Max Demo", "max.auditor", "reads the audit log", staff.Auditor},
	{"Pat Demo", "pat.privacy", "answers for people's data", staff.Privacy},
	{"Toni Demo", "toni.security", "looks after takeovers", staff.Security},
	{"Kim Demo", "kim.associate", "helps applicants by video", staff.Associate},
	{"Jo Demo", "jo.agent", "helps customers", staff.Agent},
}

// Names of the fictional country of Utopia.
var (
	givenNames  = []string{"Amaia", "Berit", "Carys", "Dunja", "Edda", "Fenna", "Gisela", "Hedda", "Ilka", "Jolanda", "Katja", "Linnea", "Mirja", "Nadja", "Oona", "Petra", "Runa", "Silja", "Tilda", "Ulla", "Vesna", "Wanda", "Ylva", "Zoja", "Alva", "Brigid", "Ciara", "Daphne", "Elin", "Freya", "Greta", "Hilma"}
	familyNames = []string{"Anyder", "Achora", "Barza", "Cynemern", "Dabo", "Elaos", "Firlam", "Gvyr", "Hythlo", "Iranos", "Jurate", "Kalo", "Lineth", "Mithras", "Nephelo", "Ophal", "Polyler", "Quart", "Raphel", "Syphog", "Tranib", "Urmel", "Voluth", "Wexin", "Xanthe", "Ypsil", "Zapole", "Abraxa", "Buthres", "Cadem", "Doreth", "Estra"}
	streets     = []string{"Anyder Quay", "Garden Row", "Harbour Street", "Market Walk", "Mill Lane", "Old Bridge", "Ropewalk", "Tannery Steps"}
	trades      = []string{"Ceramics", "Books", "Lamps", "Toys", "Wool", "Bicycles", "Records", "Tea"}
)
