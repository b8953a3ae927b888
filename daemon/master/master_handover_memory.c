/* master_handover_memory.c — a handover in a sealed memory file. */
#include "master/master_handover_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum {
	SEALS = F_SEAL_SEAL | F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK,
	/* A hundred bytes for each socket of a full house. */
	SIZE_MAX_BYTES = 8 << 20,
};

static bool
fill(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t done = write(fd, text, len);

		if (done == -1)
			return false;
		text += done;
		len -= (size_t)done;
	}
	return fcntl(fd, F_ADD_SEALS, SEALS) == 0;
}

/* The text, which the caller frees; NULL: no memory. */
static char *
write_text(const struct master_handover *handover, size_t *len)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, len);

	if (out == NULL)
		return NULL;
	master_handover_write(handover, out);
	bool is_whole = ferror(out) == 0;

	if (fclose(out) == 0 && is_whole)
		return text;
	free(text);
	return NULL;
}

int
master_handover_memory_write(const struct master_handover *handover)
{
	size_t len = 0;
	char *text = write_text(handover, &len);
	int fd = text == NULL ? -1
	                      : memfd_create("netlabd-handover",
	                            MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd != -1 && !fill(fd, text, len)) {
		int saved_errno = errno;

		close(fd);
		errno = saved_errno;
		fd = -1;
	}
	free(text);
	return fd;
}

/* All of FD as a string, which the caller frees; NULL: errno. */
static char *
read_all(int fd)
{
	struct stat status;
	int seals = fcntl(fd, F_GET_SEALS);

	if (seals == -1 || fstat(fd, &status) == -1)
		return NULL;
	if ((seals & SEALS) != SEALS || status.st_size <= 0 ||
	    status.st_size > SIZE_MAX_BYTES) {
		errno = EINVAL;
		return NULL;
	}
	size_t size = (size_t)status.st_size;
	char *text = malloc(size + 1);

	if (text == NULL)
		return NULL;
	if (pread(fd, text, size, 0) != (ssize_t)size) {
		free(text);
		errno = EIO;
		return NULL;
	}
	text[size] = '\0';
	return text;
}

bool
master_handover_memory_read(int fd, struct master_handover *out)
{
	char *text = read_all(fd);

	*out = master_handover_empty();
	if (text == NULL) {
		log_error("handover: descriptor %d: %s", fd, strerror(errno));
		return false;
	}
	unsigned line = master_handover_read(text, out);

	free(text);
	if (line > 0)
		log_error("handover: line %u is of no form that this program "
		          "knows",
		    line);
	return line == 0;
}
