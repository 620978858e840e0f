package handlers

import (
	"net/http"

	"truepenny/views/paths"
)

// myDataRoutes are the one room for a person: what is held, who looked, and what
// they can do about it. Nobody but a seller comes in, and each sees their own.
func (s *Server) myDataRoutes() []route {
	const id = ":id"
	get, post := http.MethodGet, http.MethodPost
	return []route{
		{method: get, path: paths.MyData(), name: "mydata", who: seller, do: s.showMyData},
		{method: get, path: paths.MyDataItem(id), name: "mydata.item", who: seller, do: s.showMyItem},
		{method: get, path: paths.MyDataFilm(id), name: "mydata.film", who: seller, do: s.showMyFilm},
		{method: get, path: paths.MyDataSheet(id), name: "mydata.film.sheet", who: seller, do: s.showMySheet},
		{method: get, path: paths.MyDataFields(), name: "mydata.fields", who: seller, do: s.showMyFields},
		{method: post, path: paths.MyDataFields(), name: "mydata.fields.correct", who: seller, do: s.askCorrection},
		{method: get, path: paths.MyDataComparisons(), name: "mydata.comparisons", who: seller, do: s.showMyComparisons},
		{method: get, path: paths.MyDataLooks("", 0), name: "mydata.looks", who: seller, do: s.showMyLooks},
		{method: get, path: paths.MyDataLooksCSV(""), name: "mydata.looks.export", who: seller, do: s.exportMyLooks},
		{method: get, path: "/my-data/looks/:index/proof", name: "mydata.looks.proof", who: seller, do: s.proveMyLook},

		{method: get, path: paths.MyDataCopy(), name: "mydata.copy", who: seller, do: s.showMyCopy},
		{method: post, path: paths.MyDataCopies(), name: "mydata.copies.create", who: seller, do: s.askMyCopy},
		{method: get, path: paths.MyDataCopyFile(id), name: "mydata.copies.file", who: seller, do: s.sendMyCopy},
		{method: get, path: paths.MyDataCopyProgress(id), name: "mydata.copies.progress", who: seller, do: s.streamMyCopy},
		{method: post, path: paths.MyDataCopyRemoval(id), name: "mydata.copies.remove", who: seller, do: s.removeMyCopy},

		{method: get, path: paths.MyDataRequests(), name: "mydata.requests", who: seller, do: s.showMyRequests},
		{method: post, path: paths.MyDataRequests(), name: "mydata.requests.create", who: seller, do: s.openMyRequest},
		{method: get, path: paths.MyDataConsent(id), name: "mydata.consent", who: seller, do: s.showMyConsent},
		{method: post, path: paths.MyDataConsent(id), name: "mydata.consent.answer", who: seller, do: s.answerMyConsent},
		{method: get, path: paths.MyDataDeletion(""), name: "mydata.deletion", who: seller, do: s.showMyDeletion},
		{method: post, path: paths.MyDataDeletion(""), name: "mydata.delete", who: seller, do: s.deleteMyData},
		{method: get, path: paths.Receipt(id), name: "receipts.show", who: anyone, do: s.showReceipt},
		{method: get, path: paths.ReceiptFile(id), name: "receipts.file", who: anyone, do: s.sendReceipt},
	}
}
