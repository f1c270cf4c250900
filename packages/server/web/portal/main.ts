import '@edufed/sdk/elements'
