/* http_file_open.c — openat2, which proves that nothing else is reached. */
#include "services/http/http_file_open.h"

#include <errno.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	/* openat2 gives up with EAGAIN when a rename elsewhere crosses it. */
	OPEN_TRIES = 8,
};

/* Magic links, as /proc/self/fd/0, lead where no path does: never followed. A
 * path has no ".." and begins with no slash, so that only what links say can
 * lead out. */
static const uint64_t resolve[] = {
    [HTTP_SYMLINKS_BENEATH] = RESOLVE_NO_MAGICLINKS | RESOLVE_BENEATH,
    [HTTP_SYMLINKS_FOLLOW] = RESOLVE_NO_MAGICLINKS,
    [HTTP_SYMLINKS_NEVER] = RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH,
};

size_t
http_file_open_join(char text[HTTP_FILE_OPEN_JOINED_MAX],
    const struct http_path *folder, const char *name)
{
	return (size_t)snprintf(text, HTTP_FILE_OPEN_JOINED_MAX, "%s%s%s",
	    folder->text, folder->len > 0 ? "/" : "", name);
}

int
http_file_open(const struct http_site *site, const char *path, int flags)
{
	struct open_how how = {
	    .flags = (unsigned)flags,
	    .resolve = resolve[site->symlinks],
	};
	long fd = -1;

	for (unsigned i = 0; i < OPEN_TRIES; i++) {
		fd = syscall(SYS_openat2, site->root,
		    path[0] == '\0' ? "." : path, &how, sizeof(how));
		if (fd != -1 || (errno != EAGAIN && errno != EINTR))
			break;
	}
	return (int)fd;
}

bool
http_file_open_stat(
    const struct http_site *site, const char *path, struct stat *stat)
{
	int fd = http_file_open(site, path, O_PATH | O_CLOEXEC);

	if (fd == -1)
		return false;
	bool is_known = fstat(fd, stat) == 0;

	close(fd);
	return is_known;
}
