package words

// Words of the camera pages. {n} and {of} are filled in by the page's script.
const (
	CameraOpen   = "Open the camera"
	CameraStart  = "I am ready, start"
	CameraAgain  = "Start again"
	CameraAsking = "Your browser asks whether this page may use the camera. Choose “Allow”."
	CameraNone   = "We found no camera on this device. You can go on without one."
	CameraDenied = "Your browser did not let this page use the camera. That is your choice, and it costs you nothing: you can allow it in the address bar and try again, or go on without a camera."
	CameraBusy   = "Another program uses the camera at the moment. Close it and try again, or go on without a camera."
	CameraScript = "The camera needs JavaScript, which is off or blocked in this browser. You can go on without a camera."

	FaceFit      = "Fit your face into the outline"
	FaceReady    = "Look straight at the camera and start when you are ready. It takes about five seconds."
	FaceStep     = "{n} of {of}"
	FaceDone     = "Thank you, that was all"
	FaceVoice    = "Read the prompts to me"
	FaceLight    = "A little more light, please"
	FaceBright   = "A little less light, please"
	FaceSharp    = "Hold the camera still, or wipe its lens"
	FaceGood     = "Good light · keep going"
	FacePicture  = "Live picture of your camera"
	FaceDeclined = "I would rather not use the camera"

	DocumentFit      = "Fit the document into the outline"
	DocumentLight    = "A little more light, please"
	DocumentGlare    = "Too bright: tilt it away from the lamp"
	DocumentSharp    = "Hold still, it is not sharp yet"
	DocumentGood     = "Good · take the picture"
	DocumentTake     = "Take the picture"
	DocumentUse      = "Use this picture"
	DocumentRetake   = "Take another"
	DocumentChoose   = "Choose a picture from this device"
	DocumentChoosing = "JPEG, PNG or WebP, up to 15 MB."
	DocumentPreview  = "Your picture. Can you read every letter?"
	DocumentPicture  = "Live picture of your camera"

	UploadSending = "Sending"
	UploadOffline = "You are offline. Your pictures stay on this page; we send them as soon as you are back."
	UploadRetry   = "The connection was lost. We are trying again; nothing is sent twice."
	UploadFailed  = "We could not send it. Your pictures are still here: please try again."
	UploadSent    = "Received"
)
