/* chat_self.c — what the user is called. */
#include "client/chat/chat_self.h"

#include "client/complain.h"
#include "client/verb.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *
login_name(void)
{
	const char *name = getenv("LOGNAME");
	const struct passwd *user;

	if (name != NULL && *name != '\0')
		return name;
	user = getpwuid(getuid());
	return user == NULL ? "guest" : user->pw_name;
}

int
chat_self_read(const struct options *options, struct chat_self *self)
{
	if (options->name == NULL) {
		self->len = chat_name_fit(span_of(login_name()), self->bytes);
		return VERB_GOOD;
	}
	if (!chat_name_is_good(span_of(options->name)))
		return complain(VERB_USAGE,
		    "--name: \"%s\": names have 1 to 24 letters, no spaces, "
		    "none of <>:#@",
		    options->name);
	self->len = strlen(options->name);
	memcpy(self->bytes, options->name, self->len);
	return VERB_GOOD;
}
