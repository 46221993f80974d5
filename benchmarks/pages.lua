-- Which pages does wrk ask for? Those of a file, a path a line, each thread from a place of its own.
-- The answers are counted here by status, and the figures printed as one JSON line.

local paths = {}
local next_path = 0
local threads = {}

function setup(thread)
  thread:set("first", #threads * 97)
  table.insert(threads, thread)
end

function init(args)
  for line in io.lines(args[1]) do
    paths[#paths + 1] = wrk.format("GET", line)
  end
  next_path = first
end

function request()
  next_path = next_path + 1
  return paths[next_path % #paths + 1]
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format(
    '\nFIGURES {"requests": %d, "seconds": %.6f, "errors": %d, "p50_ms": %.3f, "p95_ms": %.3f, "p99_ms": %.3f}\n',
    summary.requests, summary.duration / 1e6, failed,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000))
end
