package words

import (
	"strings"
	"time"
)

// Words of the public answers.
const (
	AnswersTitle     = "Questions people ask about faces and palms, answered from our own records"
	AnswersLead      = "In August 2021 three senators of the United States asked a company seven questions about its palm system. In 2019 another list went to a company that had begun to film the faces of its sellers; it declined to answer. Both lists are answered here for this marketplace, by the program itself, from what it finds in its settings and its database at this moment."
	AnswersFew       = "Counts of people are told in steps of at least 10, small ones not at all, and a figure moves only when at least a step of people have come or gone. So nobody shows through, and a figure is near, not exact."
	AnswersSenators  = "The senators' seven questions"
	AnswersOthers    = "Questions that went unanswered, and those that follow"
	AnswersAsked     = "Asked in full"
	AnswersSince     = "Answered like this since"
	AnswersBefore    = "What was answered before"
	AnswersNever     = "This answer has not changed."
	AnswersChanges   = "What has changed"
	AnswersNoChange  = "No answer has changed since answering began."
	AnswersChecked   = "Last check"
	AnswersReport    = "The report behind it"
	AnswersDocuments = "The answers as JSON, for machines: every answer with its facts, since when, and what it said before."
)

// question is one question in words: short, in full, and who asked it.
type question struct{ short, full, by string }

const (
	bySenators = "Senators Klobuchar, Cassidy and Ossoff, August 2021"
	byReporter = "BuzzFeed News, 2019, unanswered"
	byACLU     = "Matt Cagle, ACLU of Northern California, 2019"
)

var questionsAsked = map[string]question{
	"expansion": {"Will there be more places, and when?",
		"Does Amazon have plans to expand Amazon One to additional Whole Foods, Amazon Go, and other Amazon store locations, and if so, on what timetable?", bySenators},
	"third-parties": {"Which third parties have it, and what protects people there?",
		"How many third-party customers has Amazon sold (or licensed) Amazon One to? What privacy protections are in place for those third parties and their customers?", bySenators},
	"enrolled": {"How many people have signed up, and what is it used for?",
		"How many users have signed up for Amazon One? Please describe all the ways you use data collected through Amazon One, including from third-party customers.", bySenators},
	"advertising": {"Is it used for advertising, offers or recommendations?",
		"Do you plan to use data collected through Amazon One devices to personalize advertisements, offers, or product recommendations to users?", bySenators},
	"pairing": {"Is a palm ever joined with a face?",
		"Is Amazon One user data, including the Amazon One ID, ever paired with biometric data from facial recognition systems?", bySenators},
	"notices": {"What are people told, and how do you know that they understand and agree?",
		"What information do you provide to consumers about how their data is being used? How will you ensure users understand and consent to Amazon One’s data collection, storage, and use practices when they link their Amazon One and Amazon account information?", bySenators},
	"security": {"What keeps it safe?",
		"What actions have you taken to ensure the security of user data collected through Amazon One?", bySenators},
	"why":            {"Why are faces filmed at all?", "Why did you begin asking some sellers for video proof of identity?", byReporter},
	"when":           {"When did it begin?", "When did you begin asking?", byReporter},
	"regions":        {"In which regions?", "In what regions do you request such proof?", byReporter},
	"videos":         {"What is done with the pictures?", "What do you do with the videos you record?", byReporter},
	"matcher":        {"Which face recognition processes them, in which version?", "Are the videos processed by your Rekognition facial recognition technology?", byReporter},
	"errors":         {"How often is it wrong, and about whom?", "The accuracy of the technology was called into question: it matched 28 members of Congress to arrest photographs, disproportionately people of colour.", "American Civil Liberties Union, 2018"},
	"removal":        {"Can a person have them removed?", "Can a seller remove video proof of identity from your servers?", byReporter},
	"policies":       {"Were agreements and policies updated for it?", "Have you updated your seller agreements and privacy policies to address the collection and storage of biometric data?", byReporter},
	"other-purposes": {"Is it used for anything beyond verifying sellers?", "Is Amazon using this data for purposes beyond seller verification?", byACLU},
	"police":         {"Do police get it, or search with it?", "Amazon should make it crystal clear they are not exploiting this sensitive face data to enrich the face surveillance product it was asked to stop providing to governments.", byACLU},
	"decline":        {"Can a person say no?", "The seller said he was not given an option to decline to submit a video of his face during the signup process.", byReporter},
	"decides":        {"Does a machine decide, and is a no for ever?", "“Sellers who fail verification are not allowed to reapply. They’re just finished.”", "Cynthia Stine, seller consultant, 2019"},
}

// QuestionShort is a question in few words, QuestionFull as it was asked,
// QuestionBy who asked.
func QuestionShort(code string) string { return questionsAsked[code].short }
func QuestionFull(code string) string  { return questionsAsked[code].full }
func QuestionBy(code string) string    { return questionsAsked[code].by }

// Single sentences of the answers.
const (
	SayNoPalms       = "There are none. Palms are not taken here at all: paying by palm is on the list of purposes as one that is not offered, and nothing can be collected for it."
	SayPalmsOffered  = "Paying by palm is offered."
	SayNoParties     = "None. The program runs on the operator's own machines; nobody outside handles the data, and the program has not been given to third parties together with anybody's data."
	SayPartiesBound  = "Each stands in a public register with what it gets, what binds it and since when, and every change of an entry is kept."
	SayAllUses       = "These are all the uses there are; the list is closed, and nothing can be sealed or opened for a purpose that is not on it:"
	SayNoAds         = "No. Advertising, offers and recommendations are no purpose on the closed list, and no key could open anything for them."
	SayNotJoined     = "No. They would lie under different keys in different tables. Every day the program tries to open one with the keys of the other, and must fail."
	SayPalmsNone     = "At present there are no palms at all."
	SayCheckFails    = "The daily check of this does not hold at the moment, so do not rely on the answer below. What the check found stands in the register of refusals."
	SayCheckMissing  = "The check of this has not run yet."
	SayNoticesFirst  = "No camera opens before the person has answered a notice in plain words; the answer is kept with the version and the hash of the exact text. There is one question for each purpose, and no answer is chosen beforehand."
	SayNoticesAgain  = "Who agreed to one version has not agreed to a later one that takes more. An agreement can be withdrawn at any time, and the account stays."
	SayNoticesNow    = "The texts in force:"
	SaySealed        = "Every picture and document is sealed by itself (AES-256-GCM), under a key for one person and one purpose. Opening names the person who looks, the purpose and the reason; another purpose has another key and cannot."
	SayKeysApart     = "The keys lie in a database of their own, wrapped by a master key that lies outside both. A copy of the main database opens nothing, and what was erased stays unreadable when an old copy is put back."
	SayKeysWrapped   = "The keys are wrapped by a master key that lies outside the database."
	SayTLS           = "Pages are reached over encrypted connections only."
	SayLocal         = "This is a development site that is reached on its own machine only."
	SayStaffPasskeys = "Those who work here sign in with passkeys; there are no passwords to steal."
	SayLog           = "Every look at a sealed item stands in a log that is built so that a changed, missing or swapped line shows, and that anybody can check. The person sees who looked, when and why."
	SayOwnPages      = "Pages load nothing from other sites."
	SayWhy           = "So that buyers can trust that a seller is the person they say they are. It is a choice: papers alone do the same."
	SayNotYet        = "It has not begun: nobody has applied yet."
	SayNoRegion      = "Sellers of every country are asked the same and have the same choice."
	SayFewRegions    = "No country is named: from each there are too few applicants for a figure in which nobody shows through."
	SayVideosOnce    = "A computer compares them, once, with the portrait on the identity document, here, and nothing is sent to anybody else. A person looks and decides."
	SayVideosNumbers = "The numbers that describe a face are worked out for that comparison and not kept."
	SayNoMatcher     = "None at present: no network is loaded, and every face goes to a person."
	SayNotConfirmed  = "They came with the network; no two people here have put others in force yet."
	SayConfirmed     = "Two people put them in force, on a public report."
	SayConfirmedOnly = "Two people put them in force."
	SayNoErrors      = "It has not been measured for these limits, so the machine says nothing by itself: every case goes to a person."
	SayErrorsPerson  = "A distance between two faces never turns anybody down. It goes to a person, who sees it beside the pictures."
	SayRemoval       = "Yes, at any time, without asking anybody. Under “My data” a person sees every item with its purpose and who looked at it, and can delete it: the keys are destroyed first, then rows and pictures, within a minute. They get a receipt that can be checked without us."
	SayRemovalAfter  = "Where the law makes us keep something, the page names it with its date beforehand."
	SayPolicies      = "Yes. Every notice has a version, and earlier ones stay readable. These are in force:"
	SayNoOthers      = "No. A new use needs a change of the program, a new notice and a new yes from every person."
	SayNoPolice      = "No. No page, command or interface takes a face and gives back people, for police or for anybody else outside, and a demand for such a search can only be refused."
	SayDemandsNone   = "No legal demand for data has been received."
	SayDecline       = "Yes. The choice comes before the camera. Who says no shows one more paper, and a person decides by the same rules and within the same time. Saying no can be done without giving a reason, and is not shown to those who decide as anything that counts."
	SayDecides       = "People decide, always. The machine can say that something needs a look; it cannot refuse anybody. A refusal takes two people, names its reason, and can be appealed; it names the day from which one can apply again."
)

// SaySites says how many places there are.
func SaySites(sites, merchants int) string {
	if sites == 0 {
		return "No place has it at present."
	}
	return "At present " + Count(sites, "place", "places") + " of " + Count(merchants, "merchant", "merchants") + ". Plans are not counted; a place stands here when it is there."
}

// SayParty is one line on somebody outside.
func SayParty(name, country, does, data string) string {
	if country != "" {
		name += " (" + CountryName(country) + ")"
	}
	return name + ": " + Within(strings.TrimRight(does, ".")) + ". It gets: " + Within(strings.TrimRight(data, ".")) + "."
}

// SayAgreed says how many agreed to the face comparison and how many did not.
func SayAgreed(agreed, declined string) string {
	return upperFirst(agreed) + " have agreed to have their face compared, and that agreement stands. " + upperFirst(declined) + " said no and went without the camera."
}

// SayUse is one line of the uses of data.
func SayUse(name, why, kept string) string { return name + ": " + why + " Kept " + Within(kept) }

// SayNotice is one line on a notice in force.
func SayNotice(purpose, version, hash string) string {
	return purpose + ": version " + version + ", SHA-256 " + Hash(hash) + "…"
}

// SayDatabase names the database.
func SayDatabase(dialect string) string {
	if dialect == "postgres" {
		return "The database is PostgreSQL, run by the operator."
	}
	return "The database is a file on the operator's own machine."
}

// SaySince says when it began.
func SaySince(at time.Time) string {
	return "The first application was begun in " + at.Format("January 2006") + "."
}

// SayCountries lists the countries that may be named with their figures.
func SayCountries(list []string) string {
	return "Applications so far, by country: " + strings.Join(list, "; ") + ". Countries with few are not named."
}

// SayCountry is one country of that list.
func SayCountry(code, figure string) string { return CountryName(code) + ", " + figure }

// SayVideosKept says how long pictures are kept.
func SayVideosKept(days int) string {
	return "They are sealed, and deleted " + Count(days, "day", "days") + " after the decision, or sooner where the law of the person's home ends it sooner, or at once when the person says so."
}

// SayMatcher names the network and its limits.
func SayMatcher(network, version string, accept, review float64) string {
	return "Not Rekognition, nor any service of others. The network is " + network + ", version " + version +
		", run on the operator's own machines. Two pictures closer than " + Distance(accept) + " are shown as one person, beyond " + Distance(review) + " as two people, and between them a person has to look."
}

// SayMatcherReport names the report behind the limits.
func SayMatcherReport(report string) string { return "The limits come from: " + report + "." }

// SayErrors says what was measured at the limit.
func SayErrors(strangers, same Share) string {
	return "At the limit in force, " + Number(strangers.Errors) + " of " + Number(strangers.Of) + " pairs of strangers were taken for one person " + strangers.interval() +
		", on the set " + strangers.Set + "; " + Number(same.Errors) + " of " + Number(same.Of) + " pairs of one person were not recognised " + same.interval() + ", on the set " + same.Set + "."
}

// SayDemands says how many legal demands there were.
func SayDemands(received, given, searches string) string {
	return "Legal demands for data received: " + received + "; data was given out for: " + given + "; demands to search by face: " + searches + "."
}

// AboutPeople writes a count of people that stands still between steps.
func AboutPeople(shown int, fewer bool) string {
	if fewer {
		return "fewer than " + Count(shown, "person", "people")
	}
	return "about " + Count(shown, "person", "people")
}

// SayDeclineCosts says what the daily comparison found that saying no costs, by
// measure; nothing was compared yet where costs is empty.
func SayDeclineCosts(costs map[string]string) []string {
	if len(costs) == 0 {
		return []string{"What saying no costs is compared every day, and published. The first comparison has not been made yet."}
	}
	out := []string{"What saying no costs is compared every day, and published."}
	for _, measure := range []string{"approval", "wait"} {
		out = append(out, ParityPublicVerdict(measure, costs[measure]))
	}
	return out
}

// SayNeverList says what face pictures are never used for.
func SayNeverList(list string) string {
	return "The purposes themselves rule out: " + Within(list) + "."
}

// SayDecisionIn says how soon people decide.
func SayDecisionIn(days int) string {
	return "The decision comes within " + Count(days, "working day", "working days") + ", on either road."
}

// DemandCount is a small count of demands: zero is said as zero.
func DemandCount(n int) string {
	switch {
	case n == 0:
		return "none"
	case n < 10:
		return "1 to 9"
	}
	return "at least " + Number(n-n%10)
}

// AnswerPeriod says from when to when something was answered.
func AnswerPeriod(since, until time.Time) string {
	return "From " + Moment(since) + " to " + Moment(until)
}

// AnswersHow leads from an answer to the check behind it.
const AnswersHow = "How this is checked every day"

// AnswersMade says when the page was made.
func AnswersMade(at time.Time) string { return "Answered on " + Moment(at) + "." }
