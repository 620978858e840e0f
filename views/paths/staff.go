package paths

// Members is the list of the people who work here, and takes invitations.
func Members() string { return "/console/members" }

// MembersCSV is the same list as a file.
func MembersCSV() string { return "/console/members.csv" }

// MemberNew is the form of an invitation.
func MemberNew() string { return "/console/members/new" }

// Member is one of them.
func Member(id string) string { return join("console", "members", id) }

// MemberRoles takes what a member may do.
func MemberRoles(id string) string { return join("console", "members", id, "roles") }

// MemberInvitation sends the invitation again.
func MemberInvitation(id string) string { return join("console", "members", id, "invitation") }

// MemberDisabling shuts a member out.
func MemberDisabling(id string) string { return join("console", "members", id, "disabling") }

// MemberEnabling lets a member in again.
func MemberEnabling(id string) string { return join("console", "members", id, "enabling") }

// Layouts is the list of layouts of print, and takes new ones.
func Layouts() string { return "/console/layouts" }

// LayoutNew is the form of a new layout.
func LayoutNew() string { return "/console/layouts/new" }

// Layout is one of them, and takes its changes.
func Layout(id string) string { return join("console", "layouts", id) }

// LayoutRemoval deletes one.
func LayoutRemoval(id string) string { return join("console", "layouts", id, "removal") }
