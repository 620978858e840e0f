package words

// Words of the list of members and of one member.
const (
	MembersTitle      = "Members"
	MembersTable      = "People who work here"
	MembersFilter     = "Filter members"
	MembersSearch     = "Name or e-mail address"
	MembersRole       = "Role"
	MembersRoleBefore = "who are"
	MembersAnyRole    = "anything"
	MembersState      = "State"
	MembersAnyState   = "in any state"
	MembersInvite     = "Invite somebody"
	MembersEmpty      = "Nobody matches"
	MembersEmptyText  = "Nobody who works here fits these filters."
	MemberOne         = "member"
	MemberMany        = "members"
	MemberName        = "Name"
	MemberEmail       = "E-mail address"
	MemberRoles       = "Roles"
	MemberState       = "State"
	MemberSince       = "Since"
	MemberPasskeys    = "Passkeys"
	MemberSessions    = "Signed in at the moment"
	MemberYou         = "this is you"

	InvitationTitle = "Invite somebody"
	InvitationLead  = "They get a mail with a link that works once and for 24 hours. With it they make a passkey and are in."
	InvitationSend  = "Send the invitation"
	InvitationRoles = "What will they do?"

	RolesTitle = "Roles"
	RolesLead  = "A change holds from their next click."
	RolesSave  = "Save the roles"

	AgainTitle = "Invitation"
	AgainText  = "They have not made a passkey yet. Sending the invitation again ends the older link."
	AgainSend  = "Send the invitation again"

	DisableTitle = "Access"
	DisableText  = "Shutting the access ends every session at once. What they did stays in the log under their name, and you can let them in again."
	Disable      = "Shut the access"
	EnableText   = "The access is shut. Letting them in again makes their passkeys work as before; somebody who had none is invited anew."
	Enable       = "Let them in again"
	DisableSelf  = "Your own access can only be shut by another administrator."

	DoneInvited  = "The invitation is on its way."
	DoneRoles    = "The roles are saved."
	DoneDisabled = "The access is shut and every session has ended."
	DoneEnabled  = "They can sign in again."
)

// MemberStateName is the word for a member's state.
func MemberStateName(state string) string {
	switch state {
	case "invited":
		return "Invited"
	case "active":
		return "Active"
	case "disabled":
		return "Access shut"
	}
	return state
}

// RoleHelp says in one line what a role is for.
func RoleHelp(role string) string {
	switch role {
	case "administrator":
		return "Members, roles, policies and thresholds"
	case "lead":
		return "Decides cases, is the second person of a refusal, distributes work"
	case "reviewer":
		return "Decides cases"
	case "associate":
		return "Verifies by video call"
	case "agent":
		return "Helps customers"
	case "security":
		return "Incidents, takeovers, the audit log"
	case "privacy":
		return "Consents, retention, requests"
	case "auditor":
		return "Reads the log and the reports, changes nothing"
	}
	return ""
}

// MemberDone is the sentence for something that was just done to a member.
func MemberDone(what string) string {
	switch what {
	case "invited":
		return DoneInvited
	case "roles":
		return DoneRoles
	case "disabled":
		return DoneDisabled
	case "enabled":
		return DoneEnabled
	}
	return ""
}

// MembersCSV is the header of the exported list.
func MembersCSV() []string { return []string{"id", "name", "e-mail", "roles", "state", "since"} }
