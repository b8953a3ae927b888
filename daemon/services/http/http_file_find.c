/* http_file_find.c — the walk from the root to a file. */
#include "services/http/http_file_find.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	FLAGS_FILE = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
	FLAGS_FOLDER = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
	/* openat2 gives up with EAGAIN when a rename elsewhere crosses it. */
	OPEN_TRIES = 8,
};

/* How far the walk has come. */
struct walk {
	const struct http_site *site;
	struct http_file_watch *watch;
	int folder;     /* open, where IS_LINKED is not set */
	bool is_linked; /* there is a symbolic link on the way: the kernel
	                   resolves the whole path, and no folder is
	                   watched from here on */
	struct http_file_mark mark;
};

/* Opens PATH, links and all, as long as they stay beneath the root. */
static int
open_beneath(const struct http_site *site, const char *path)
{
	struct open_how how = {
	    .flags = (uint64_t)FLAGS_FILE,
	    .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
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

static void
leave_folder(struct walk *walk)
{
	if (walk->folder != -1 && walk->folder != walk->site->root)
		close(walk->folder);
	walk->folder = -1;
}

/* From here on the kernel resolves. */
static void
become_linked(struct walk *walk)
{
	leave_folder(walk);
	walk->is_linked = true;
	walk->mark.is_whole = false;
}

/* Goes into the folder NAME. False: errno says why not. */
static bool
enter(struct walk *walk, const char *name)
{
	int folder = openat(walk->folder, name, FLAGS_FOLDER);

	if (folder == -1 && (errno == ENOTDIR || errno == ELOOP)) {
		/* A link, perhaps; or a file, which fails once more. */
		become_linked(walk);
		return true;
	}
	if (folder == -1)
		return false;
	leave_folder(walk);
	walk->folder = folder;
	http_file_watch_add(walk->watch, folder, &walk->mark);
	return true;
}

/* Goes through the first LEN bytes of PATH. False: errno says why not. */
static bool
walk_folders(struct walk *walk, const struct http_path *path, size_t len)
{
	char name[HTTP_PATH_MAX];
	size_t start = 0;

	http_file_watch_add(walk->watch, walk->folder, &walk->mark);
	while (start < len && !walk->is_linked) {
		const char *slash =
		    memchr(path->text + start, '/', len - start);
		size_t end = slash != NULL ? (size_t)(slash - path->text) : len;

		memcpy(name, path->text + start, end - start);
		name[end - start] = '\0';
		if (!enter(walk, name))
			return false;
		start = end + 1;
	}
	return true;
}

/* Opens PATH, whose last name is NAME and whose folder the walk has reached. */
static int
open_file(struct walk *walk, const char *path, const char *name)
{
	if (!walk->is_linked) {
		int fd = openat(walk->folder, name, FLAGS_FILE | O_NOFOLLOW);

		if (fd != -1 || errno != ELOOP)
			return fd;
		become_linked(walk);
	}
	return open_beneath(walk->site, path);
}

static void
fail(struct http_file_found *found, enum http_status status, const char *why)
{
	found->status = status;
	found->why = why;
	if (found->fd != -1)
		close(found->fd);
	found->fd = -1;
}

/* What ERROR of a system call means to the one who asked. */
static void
fail_with(struct http_file_found *found, int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
	case ENAMETOOLONG:
	case ENXIO: /* a socket, a FIFO's or device's missing other end */
	case ENODEV:
	case ELOOP:
	case EXDEV: /* a link that leads out of the root */
	case EINVAL:
		fail(found, HTTP_STATUS_NOT_FOUND,
		    "There is no such file here.");
		return;
	case EACCES:
	case EPERM:
		fail(found, HTTP_STATUS_FORBIDDEN,
		    "The server may not read this file.");
		return;
	case EMFILE:
	case ENFILE:
	case ENOMEM:
	case EAGAIN:
		fail(found, HTTP_STATUS_UNAVAILABLE,
		    "Too many files are open. Try again in a moment.");
		return;
	case ENOSYS: /* no openat2: links cannot be proved to stay inside */
		fail(found, HTTP_STATUS_FORBIDDEN,
		    "This server's kernel is too old to follow symbolic "
		    "links safely.");
		return;
	default:
		fail(
		    found, HTTP_STATUS_INTERNAL, "The file could not be read.");
		return;
	}
}

/* FD was opened, or not: errno. True when it is a regular file. */
static bool
take_file(struct http_file_found *found, int fd)
{
	found->fd = fd;
	if (fd == -1 || fstat(fd, &found->stat) == -1) {
		fail_with(found, errno);
		return false;
	}
	if (S_ISREG(found->stat.st_mode)) {
		found->status = HTTP_STATUS_OK;
		return true;
	}
	fail(found, HTTP_STATUS_FORBIDDEN, "This is not a regular file.");
	return false;
}

/* PATH is a folder: its first index file that there is. */
static void
find_index(struct walk *walk, const struct http_path *path,
    struct http_file_found *found)
{
	char full[HTTP_PATH_MAX + 256];

	for (size_t i = 0; i < walk->site->index_count; i++) {
		const char *index = walk->site->indexes[i];

		(void)snprintf(full, sizeof(full), "%s%s%s", path->text,
		    path->len > 0 ? "/" : "", index);
		if (take_file(found, open_file(walk, full, index))) {
			found->index = index;
			return;
		}
		if (found->status != HTTP_STATUS_NOT_FOUND)
			return;
	}
	/* Tell a folder without an index from no folder at all. */
	if (walk->is_linked) {
		int fd = open_beneath(walk->site, path->text);

		if (take_file(found, fd))
			fail_with(found, ENOTDIR);
		if (fd == -1 || !S_ISDIR(found->stat.st_mode))
			return;
	}
	fail(found, HTTP_STATUS_FORBIDDEN,
	    "This folder has no index page, and lists are not given here.");
}

/* PATH is written as a file. */
static void
find_file(struct walk *walk, const struct http_path *path,
    struct http_file_found *found)
{
	const char *slash = strrchr(path->text, '/');
	const char *name = slash != NULL ? slash + 1 : path->text;
	int fd = open_file(walk, path->text, name);

	if (!take_file(found, fd) && fd != -1 && S_ISDIR(found->stat.st_mode))
		found->status = HTTP_STATUS_MOVED;
}

struct http_file_found
http_file_find(const struct http_site *site, struct http_file_watch *watch,
    const struct http_path *path)
{
	struct http_file_found found = {.fd = -1};
	struct walk walk = {
	    .site = site,
	    .watch = watch,
	    .folder = site->root,
	    .mark = http_file_watch_begin(watch),
	};
	const char *slash = strrchr(path->text, '/');
	size_t len = path->is_directory ? path->len
	             : slash != NULL    ? (size_t)(slash - path->text)
	                                : 0;

	if (!walk_folders(&walk, path, len))
		fail_with(&found, errno);
	else if (path->is_directory)
		find_index(&walk, path, &found);
	else
		find_file(&walk, path, &found);
	leave_folder(&walk);
	found.mark = walk.mark;
	return found;
}
