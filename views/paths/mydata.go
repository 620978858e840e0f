package paths

import "strconv"

// MyData is the room where a person sees what is held about them.
func MyData() string { return "/my-data" }

// MyDataItem is one sealed item, opened for its person.
func MyDataItem(id string) string { return join("my-data", "items", id) }

// MyDataFilm is the kept pictures of one capture, with their times.
func MyDataFilm(capture string) string { return join("my-data", "films", capture) }

// MyDataSheet is the same pictures on one sheet, for those without script.
func MyDataSheet(capture string) string { return join("my-data", "films", capture, "sheet") }

// MyDataFields is what the person told and what was read, to be corrected.
func MyDataFields() string { return "/my-data/fields" }

// MyDataComparisons is every comparison that was made and what came of it.
func MyDataComparisons() string { return "/my-data/comparisons" }

// Which lines of the log a person asks for.
const (
	LooksOfOthers = ""
	LooksAll      = "looks"
	LooksLog      = "log"
)

// MyDataLooks is who looked; before is the number of the entry that the page
// ends before, 0 for the newest.
func MyDataLooks(show string, before int64) string {
	from := ""
	if before > 0 {
		from = strconv.FormatInt(before, 10)
	}
	return With("/my-data/looks", "show", show, "before", from)
}

// MyDataLooksCSV is the same as a file.
func MyDataLooksCSV(show string) string { return With("/my-data/looks.csv", "show", show) }

// MyDataProof proves that one entry stands in the log.
func MyDataProof(index int64) string {
	return join("my-data", "looks", strconv.FormatInt(index, 10), "proof")
}

// MyDataCopy is the page of the copy of everything.
func MyDataCopy() string { return "/my-data/copy" }

// MyDataCopies takes the wish for one.
func MyDataCopies() string { return "/my-data/copies" }

// MyDataCopyFile is the copy itself.
func MyDataCopyFile(id string) string { return join("my-data", "copies", id, "file") }

// MyDataCopyProgress is the stream of how far it is.
func MyDataCopyProgress(id string) string { return join("my-data", "copies", id, "progress") }

// MyDataCopyRemoval takes it away.
func MyDataCopyRemoval(id string) string { return join("my-data", "copies", id, "removal") }

// MyDataRequests is what the person asked the privacy officer, and takes more.
func MyDataRequests() string { return "/my-data/requests" }

// MyDataConsent is the notice of a purpose and the person's answer to it.
func MyDataConsent(purpose string) string { return join("my-data", "consents", purpose) }

// MyDataDeletion says what goes and what stays, and deletes; the purpose "" is
// everything.
func MyDataDeletion(purpose string) string { return With("/my-data/deletion", "purpose", purpose) }

// Receipt shows what was deleted.
func Receipt(id string) string { return join("receipts", id) }

// ReceiptFile is the signed receipt as a file.
func ReceiptFile(id string) string { return join("receipts", id, "file") }
