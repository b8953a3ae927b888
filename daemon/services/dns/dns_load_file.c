/* dns_load_file.c — a zone's file, read whole. Loader process only. */
#include "services/dns/dns_load_file.h"

#include "core/file_denial.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* 8 GiB of text make more than the 4 GiB that a block may have. */
static const off_t size_limit = (off_t)8 << 30;

/* Reads what is there, at most SIZE bytes: a file that grows meanwhile is read
 * as long as it was. */
static const char *
read_all(int fd, size_t size, struct dns_load_file *file)
{
	file->text = malloc(size + 1);
	if (file->text == NULL)
		return "not enough memory";
	while (file->len < size) {
		ssize_t got =
		    read(fd, file->text + file->len, size - file->len);

		if (got == -1 && errno == EINTR)
			continue;
		if (got == -1)
			return strerror(errno);
		if (got == 0)
			break;
		file->len += (size_t)got;
	}
	return NULL;
}

/* Does nobody but root make the links in PATH's folder? */
static bool
is_folder_of_root(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX] = ".";
	struct stat st;

	if (slash != NULL && (size_t)(slash - path) + 2 > sizeof(folder))
		return false;
	if (slash != NULL) {
		memcpy(folder, path, (size_t)(slash - path) + 1);
		folder[slash - path + 1] = '\0';
	}
	return stat(folder, &st) == 0 && st.st_uid == 0 &&
	       (st.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* Opens PATH. *IS_STRAY: by a link that somebody other than root may have made.
 * O_NONBLOCK: a FIFO in the place of a file must not stop the loader. */
static int
open_file(const char *path, bool *is_stray)
{
	const int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
	int fd = open(path, flags | O_NOFOLLOW);

	*is_stray = false;
	if (fd != -1 || errno != ELOOP)
		return fd;
	*is_stray = !is_folder_of_root(path);
	return open(path, flags);
}

static bool
is_private(const struct stat *st, uid_t namer, bool is_stray)
{
	bool is_named_by_owner =
	    !is_stray && (namer == 0 || namer == st->st_uid);

	return geteuid() == 0 && !is_named_by_owner &&
	       (st->st_mode & S_IROTH) == 0;
}

const char *
dns_load_file_read(const char *path, uid_t namer, struct dns_load_file *file)
{
	struct stat st;
	const char *error = NULL;
	bool is_stray;
	int fd = open_file(path, &is_stray);

	*file = (struct dns_load_file){0};
	if (fd == -1)
		return file_denial_text(errno, path);
	if (fstat(fd, &st) == -1)
		error = strerror(errno);
	else if (!S_ISREG(st.st_mode))
		error = "not a regular file";
	else if (is_private(&st, namer, is_stray))
		error = "private to another user than the one who names it";
	else if (st.st_size > size_limit)
		error = "too large";
	else
		error = read_all(fd, (size_t)st.st_size, file);
	close(fd);
	if (error != NULL) {
		dns_load_file_release(file);
		return error;
	}
	file->device = st.st_dev;
	file->inode = st.st_ino;
	file->owner = st.st_uid;
	return NULL;
}

void
dns_load_file_release(struct dns_load_file *file)
{
	free(file->text);
	file->text = NULL;
	file->len = 0;
}
