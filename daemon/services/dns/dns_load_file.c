/* dns_load_file.c — a zone's file, read whole. Loader process only. */
#include "services/dns/dns_load_file.h"

#include <errno.h>
#include <fcntl.h>
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

/* O_NONBLOCK: a FIFO in the place of a file must not stop the loader. */
const char *
dns_load_file_read(const char *path, struct dns_load_file *file)
{
	struct stat st;
	const char *error = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	*file = (struct dns_load_file){0};
	if (fd == -1)
		return strerror(errno);
	if (fstat(fd, &st) == -1)
		error = strerror(errno);
	else if (!S_ISREG(st.st_mode))
		error = "not a regular file";
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
	return NULL;
}

void
dns_load_file_release(struct dns_load_file *file)
{
	free(file->text);
	file->text = NULL;
	file->len = 0;
}
