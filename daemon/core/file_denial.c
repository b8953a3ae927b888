/* file_denial.c — whose rights a file is refused for. */
#include "core/file_denial.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of PATH's first folder, "/home" of "/home/ann/www": the length. */
static size_t
top_len(const char *path)
{
	return path[0] == '/' ? 1 + strcspn(path + 1, "/") : 0;
}

/* A service manager puts a folder without any rights over one that it hides. */
static bool
is_hidden(const char *path)
{
	char top[NAME_MAX + 2];
	struct stat st;
	int len = snprintf(top, sizeof(top), "%.*s", (int)top_len(path), path);

	return len > 1 && (size_t)len < sizeof(top) && stat(top, &st) == 0 &&
	       S_ISDIR(st.st_mode) && (st.st_mode & 07777) == 0;
}

const char *
file_denial_text(int error, const char *path)
{
	/* Mutable on purpose: the caller hands it on at once, as strerror's. */
	static char text[NAME_MAX + 128];
	const struct passwd *user;

	if (error == EROFS)
		return "Read-only file system: a service may have to be "
		       "allowed to write there (netlabd(8), UNDER SYSTEMD)";
	if (error != EACCES || geteuid() == 0)
		return strerror(error);
	user = getpwuid(geteuid());
	if (is_hidden(path))
		snprintf(text, sizeof(text),
		    "Permission denied: %.*s is hidden from this service "
		    "(netlabd(8), UNDER SYSTEMD)",
		    (int)top_len(path), path);
	else
		snprintf(text, sizeof(text),
		    "Permission denied to user %.64s, by it or a folder above",
		    user == NULL ? "without a name" : user->pw_name);
	return text;
}
