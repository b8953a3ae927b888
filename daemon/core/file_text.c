/* file_text.c — a small file, read whole. */
#include "core/file_text.h"

#include "core/file_denial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
file_text_open(const char *path)
{
	return open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

/* Reads CAP bytes, or up to the end. NULL, or what is wrong. */
static const char *
read_all(int fd, size_t cap, struct file_text *file)
{
	ssize_t got = 1;

	while (got != 0 && file->len < cap) {
		got = read(fd, file->text + file->len, cap - file->len);
		if (got == -1 && errno != EINTR)
			return strerror(errno);
		if (got > 0)
			file->len += (size_t)got;
	}
	return NULL;
}

/* One byte more than there may be, so that a file that is too large is seen
 * whatever its size is said to be. */
static const char *
read_file(int fd, size_t most, struct file_text *file)
{
	const char *fault;

	if (fstat(fd, &file->st) == -1)
		return strerror(errno);
	if (S_ISDIR(file->st.st_mode))
		return "is a directory";
	if (!S_ISREG(file->st.st_mode))
		return "is not a regular file";
	if (file->st.st_size > (off_t)most)
		return "is too large";
	file->text = malloc(most + 2);
	if (file->text == NULL)
		return strerror(errno);
	fault = read_all(fd, most + 1, file);
	if (fault == NULL && file->len > most)
		fault = "is too large";
	file->text[file->len] = '\0';
	return fault;
}

const char *
file_text_read(int fd, size_t most, struct file_text *file)
{
	*file = (struct file_text){0};
	const char *fault = read_file(fd, most, file);

	if (fault != NULL)
		file_text_release(file);
	return fault;
}

const char *
file_text_load(const char *path, size_t most, struct file_text *file)
{
	int fd = file_text_open(path);

	*file = (struct file_text){0};
	if (fd == -1)
		return file_denial_text(errno, path);
	const char *fault = file_text_read(fd, most, file);

	close(fd);
	return fault;
}

void
file_text_release(struct file_text *file)
{
	if (file->text != NULL)
		explicit_bzero(file->text, file->len);
	free(file->text);
	file->text = NULL;
	file->len = 0;
}
