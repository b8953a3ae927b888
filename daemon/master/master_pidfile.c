/* master_pidfile.c — the pidfile, which is also the lock. */
#include "master/master_pidfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

enum { TEXT_MAX = 16 }; /* a process's number and its newline */

static void
make_folder(const char *path, uid_t uid, gid_t gid)
{
	char folder[SETTINGS_PATH_MAX];
	const char *slash = strrchr(path, '/');

	if (slash == NULL || slash == path)
		return;
	snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path), path);
	/* One that exists is as its owner wants it; whatever fails here is
	 * told when the file is opened. */
	if (mkdir(folder, 0755) == 0 && chown(folder, uid, gid) == -1)
		log_warn("chown %s: %s", folder, strerror(errno));
}

/* The lock's owner may have removed the file between our open and our lock: a
 * lock on a file without a name keeps nobody out. */
static bool
is_still_there(int fd, const char *path)
{
	struct stat opened, named;

	return fstat(fd, &opened) == 0 && lstat(path, &named) == 0 &&
	       opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

static void
log_owner(int fd, const char *path)
{
	char text[TEXT_MAX] = "";
	ssize_t len = pread(fd, text, sizeof(text) - 1, 0);

	if (len > 0)
		text[strspn(text, "0123456789")] = '\0';
	log_error("already running as pid %s (%s)",
	    text[0] == '\0' ? "unknown" : text, path);
}

/* What the configuration names here a start overwrites and a stop removes: a
 * slip in the configuration must not make that a device, or somebody's data. */
static bool
is_pidfile(int fd, const char *path)
{
	struct stat status;
	const char *why = NULL;

	if (fstat(fd, &status) == -1)
		why = strerror(errno);
	else if (!S_ISREG(status.st_mode))
		why = "not a regular file";
	else if (status.st_size > TEXT_MAX)
		why = "holds more than a process's number; if it is not "
		      "wanted any more, remove it";
	if (why != NULL)
		log_error("pidfile %s: %s", path, why);
	return why == NULL;
}

/* Open and locked; -1: logged. */
static int
open_locked(const char *path)
{
	for (;;) {
		int fd = open(path,
		    O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
		    0644);

		if (fd == -1) {
			log_error("pidfile %s: %s", path, strerror(errno));
			return -1;
		}
		if (!is_pidfile(fd, path)) {
			close(fd);
			return -1;
		}
		if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
			if (errno == EWOULDBLOCK)
				log_owner(fd, path);
			else
				log_error(
				    "pidfile %s: %s", path, strerror(errno));
			close(fd);
			return -1;
		}
		if (is_still_there(fd, path))
			return fd;
		close(fd);
	}
}

bool
master_pidfile_open(
    struct master *master, const char *path, uid_t uid, gid_t gid)
{
	char text[TEXT_MAX];

	master_assert(master);
	if (path[0] == '\0')
		return true;
	make_folder(path, uid, gid);
	snprintf(
	    master->pidfile_path, sizeof(master->pidfile_path), "%s", path);
	master->pidfile = open_locked(path);
	if (master->pidfile == -1)
		return false;
	int len = snprintf(text, sizeof(text), "%d\n", (int)master->pid);

	if (ftruncate(master->pidfile, 0) == -1 ||
	    pwrite(master->pidfile, text, (size_t)len, 0) != len) {
		log_error("pidfile %s: %s", path, strerror(errno));
		return false;
	}
	return true;
}

void
master_pidfile_take(struct master *master, int fd, const char *path)
{
	master_assert(master);
	/* The lock is the open file's, through every exec: to take it again
	 * changes nothing, and fails where another has it. */
	if (!is_pidfile(fd, path) || flock(fd, LOCK_EX | LOCK_NB) == -1) {
		log_warn("handover: descriptor %d is not the pidfile", fd);
		close(fd);
		return;
	}
	master->pidfile = fd;
	snprintf(
	    master->pidfile_path, sizeof(master->pidfile_path), "%s", path);
}

void
master_pidfile_close(struct master *master)
{
	if (master->pidfile == -1)
		return;
	master_assert(master);
	if (unlink(master->pidfile_path) == -1 &&
	    ftruncate(master->pidfile, 0) == -1)
		log_warn(
		    "pidfile %s: %s", master->pidfile_path, strerror(errno));
	close(master->pidfile);
	master->pidfile = -1;
}
