package privacy

// notices holds every text that people were ever shown before they answered,
// newest first in its purpose and language.
var notices = []Notice{
	{
		Purpose: PurposeDocuments, Version: "identity-documents.1.en", Number: 1, Language: "en",
		Text: `To verify you as a seller we look at pictures of your identity document, what is printed on it, and, if you do not use the camera for your face, one more paper such as a utility bill.

A computer reads the printed lines and compares them with what you told us. A person decides, never the computer.

The pictures are sealed. Only the people who decide can open them, for this purpose alone, and you see in your application who looked, when and why.

We keep them for 180 days after the decision, so that an appeal can be heard, and delete them then. We never use them for advertising, never sell them, and never train anything with them.`,
	},
	{
		Purpose: PurposeFace, Version: "face-match.2.en", Number: 2, Language: "en", Material: true,
		Changed: `The camera takes pictures for about fifteen seconds instead of five, and your screen shows soft colours meanwhile unless you choose to do without. What tells a living person from a film is kept, sealed, with the pictures, and so is a rough sketch of light and dark from which nobody can be recognised.`,
		Text: `If you agree, your camera takes about fifteen seconds of pictures of your face while you follow a few prompts and, unless you choose to do without, while your screen shows soft colours. We compare them, once, with the portrait on your identity document, to see that you are the person on it.

The comparison runs on our own machines and nothing is sent to anybody else. A person decides, never the computer alone. The numbers that describe your face are worked out for the comparison and not kept. What tells a living person from a film is kept, sealed, with the pictures: how the head moved, how the light fell, what camera the browser named. A rough sketch of light and dark in the pictures, from which nobody can be recognised, is kept as long, to notice when a film that was shown before is shown again.

The pictures are sealed and kept for 30 days after the decision; then they are deleted. Only the people who decide can open them, and you see who looked, when and why. You can withdraw your agreement at any time: the pictures are deleted at once.

We never use them for advertising, never sell them, never search for other people with them, never give them to a police search, never guess feelings from them, and never train anything with them.

You can say no. Then a person decides on your documents alone: your identity document and one more paper. It counts the same, and saying no is not held against you.`,
	},
	{
		Purpose: PurposeFace, Version: "face-match.1.en", Number: 1, Language: "en",
		Text: `If you agree, your camera takes about five seconds of pictures of your face while you follow a few prompts. We compare them, once, with the portrait on your identity document, to see that you are the person on it.

The comparison runs on our own machines and nothing is sent to anybody else. A person decides, never the computer alone. The numbers that describe your face are worked out for the comparison and not kept.

The pictures are sealed and kept for 30 days after the decision; then they are deleted. Only the people who decide can open them, and you see who looked, when and why. You can withdraw your agreement at any time: the pictures are deleted at once.

We never use them for advertising, never sell them, never search for other people with them, never give them to a police search, never guess feelings from them, and never train anything with them.

You can say no. Then a person decides on your documents alone: your identity document and one more paper. It counts the same, and saying no is not held against you.`,
	},
	{
		Purpose: PurposeDispute, Version: "video-disputes.1.en", Number: 1, Language: "en",
		Text: `If you agree, we keep the pictures of your face from your application for 180 days after the decision instead of 30, so that they are there when the decision is disputed: when you appeal, or when somebody says that it was not you before the camera.

No new pictures are taken. Those that you have taken are sealed once more, under a key of their own. The people who decide can open them only while an appeal is heard, and you see who looked, when and why. No computer compares them with anything. After 180 days they are deleted.

You can take this back at any time: they are deleted at once, and your account and the decision stay as they are. If you take back that your face is compared, these pictures go with the others.

We never use them for advertising, never sell them, never search for other people with them, never give them to a police search, never guess feelings from them, and never train anything with them.

You can say no, and you lose nothing by it: the decision is the same, an appeal is open to you just as well, and the pictures are deleted 30 days after the decision.`,
	},
	{
		Purpose: PurposeRights, Version: "rights-requests.1.en", Number: 1, Language: "en",
		Text: `When you ask for your data, correct it, object or complain, we keep what you write and what we answer, because the law gives you an answer within a month and wants us to be able to show that you got it.

The privacy officer reads it, and you. What you ask to have corrected in an application is also read by one of the people who decide on applications, and by nobody else. It is sealed, and every look at it is written down where you can see it. We ask for no more about you than is needed to know that it is you who asks.

We keep it for two years after the answer and delete it then. It plays no part in the decision on your application. We never use it for advertising, never sell it, and never train anything with it.`,
	},
	{
		Purpose: PurposeCopy, Version: "data-copy.1.en", Number: 1, Language: "en",
		Text: `When you ask for a copy of your data, a computer gathers everything that we hold about you in one file. The file waits for you, sealed, for seven days, also after you have fetched it; then it is deleted, or sooner when you delete it yourself, or when the first picture in it reaches its own end. Nobody here opens it.

We tell you by e-mail that it is ready. Only you can fetch it, signed in to your account. What you do with it then is yours to say: keep it as carefully as a passport, for there may be pictures of one in it.

We make the copy because the law gives you a right to it. It plays no part in the decision on your application. We never use it for advertising, never sell it, and never train anything with it.`,
	},
	{
		Purpose: PurposeLab, Version: "lab-measurement.1.en", Number: 1, Language: "en",
		Text: `To know how often the machine errs, and whether it errs more often for some people than for others, we measure it on sets of labelled pictures: of people who agreed to that, of public research sets within their licence, or of nobody at all. Pictures that sellers send us to be verified are never part of a set.

Each set names where it comes from, on what its use rests, and a day on which its pictures are deleted, at most two years later. Names of files and people are replaced by numbers before anything is kept. The pictures are sealed; only those who answer for the measurement can open one, to see what went wrong with it, and every opening is written down.

What stays is numbers: how many pictures were compared and how many erred. We never use the pictures for advertising, never sell them, never search for people with them, never guess feelings from them, and never train anything with them.`,
	},
}
