-- What somebody does in Neovim, from a problem to a value that changes, each step with what they must see. Runs in Neovim 0.7 and later,
-- which has no pull diagnostics and no hints of its own: problems are pushed, and hints are asked for here.

local LONGEST_WAIT = 30000
local passed, failed = 0, 0

local function say(line)
  io.stdout:write(line .. '\n')
end

-- Counts, and ends Neovim.
local function finish()
  say(('Neovim: %d passed, %d failed'):format(passed, failed))
  vim.cmd(failed == 0 and 'qall!' or 'cquit 1')
end

local function step(name, run)
  local ok, reason = xpcall(run, debug.traceback)
  if ok then passed = passed + 1 else failed = failed + 1 end
  say(ok and ('  ok  ' .. name) or ('  FAILED  ' .. name .. '\n' .. tostring(reason)))
end

local function eventually(what, seen)
  assert(vim.wait(LONGEST_WAIT, seen, 50), 'never seen: ' .. what)
end

local function open(file)
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  vim.bo.filetype = 'yaml'
  return vim.api.nvim_get_current_buf()
end

local function line_of(buffer, number)
  return vim.api.nvim_buf_get_lines(buffer, number, number + 1, false)[1]
end

local buffer = open('revenue.metrics.yaml')
local exit_code
local client = vim.lsp.start_client({
  name = 'plumbline',
  cmd = { os.getenv('PLUMBLINE_NODE'), os.getenv('PLUMBLINE_CLI'), 'lsp', '--stdio' },
  root_dir = vim.fn.getcwd(),
  -- Neovim is asked for its settings from 0.8 on; before, a server has what it is started with.
  init_options = { inlayHints = { sources = false } },
  flags = { debounce_text_changes = 0 },
  on_exit = function(code) exit_code = code end,
})

local function place(line, text, behind)
  local column = assert(line_of(buffer, line):find(text, 1, true), 'no ' .. text .. ' in line ' .. line) - 1
  return {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    position = { line = line, character = column + (behind or 0) },
  }
end

-- The server's answer to a request. Neovim sends the changes of the text first.
local function ask(method, params)
  assert(vim.lsp.get_client_by_id(client).supports_method(method), 'the server does not offer ' .. method)
  local answers, reason = vim.lsp.buf_request_sync(buffer, method, params, LONGEST_WAIT)
  local answer = assert(answers and answers[client], method .. ' has no answer: ' .. tostring(reason))
  local refusal = answer.error or answer.err
  assert(refusal == nil, method .. ' was refused: ' .. vim.inspect(refusal))
  return answer.result
end

local function problems()
  return vim.diagnostic.get(buffer)
end

local function apply(edit)
  vim.lsp.util.apply_workspace_edit(edit, 'utf-16')
end

-- The hint that stands in a line; nil where there is none, or one of before a change.
local function hint(line)
  local hints = ask('textDocument/inlayHint', {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    range = { start = { line = 0, character = 0 }, ['end'] = { line = vim.api.nvim_buf_line_count(buffer), character = 0 } },
  })
  for _, each in ipairs(hints or {}) do
    if each.position.line == line and not vim.startswith(each.label, '…') then return each.label end
  end
end

step('the server starts from the command line', function()
  assert(client, 'it could not be started')
  assert(vim.lsp.buf_attach_client(buffer, client))
  eventually('the answer to initialize', function()
    local known = vim.lsp.get_client_by_id(client)
    return known ~= nil and known.initialized
  end)
end)

-- Of a server that is not there, nothing more can be seen.
if failed > 0 then return finish() end

step('a problem stands on the exact characters', function()
  eventually('a problem', function() return #problems() == 1 end)
  local problem = problems()[1]
  assert(problem.lnum == 9 and problem.col == 11 and problem.end_col == 18, vim.inspect(problem))
  assert(problem.source == 'plumbline' and problem.message:find('ammount', 1, true), vim.inspect(problem))
end)

step('a code action mends it, and the problem is gone', function()
  local at = place(9, 'ammount').position
  local actions = ask('textDocument/codeAction', {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    range = { start = at, ['end'] = { line = 9, character = at.character + 7 } },
    context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buffer, 9) },
  })
  local mend = vim.tbl_filter(function(action)
    return action.kind == 'quickfix' and action.title:find('amount', 1, true)
  end, actions or {})[1]
  assert(mend, 'no such action: ' .. vim.inspect(actions))
  if mend.edit == nil then mend = ask('codeAction/resolve', mend) end
  apply(mend.edit)
  assert(line_of(buffer, 9) == '    value: amount', line_of(buffer, 9))
end)

step('a text that is mended has no problem', function()
  -- By hand, so that this step does not rest on the one before.
  vim.api.nvim_buf_set_lines(buffer, 9, 10, false, { '    value: amount' })
  eventually('no problem', function() return #problems() == 0 end)
end)

step('hover explains a metric', function()
  local hover = ask('textDocument/hover', place(4, 'revenue', 2))
  local text = vim.inspect(assert(hover, 'nothing is said').contents)
  assert(text:find('What customers paid', 1, true), text)
end)

step('completion offers the source', function()
  local answer = ask('textDocument/completion', place(8, 'orders', 2))
  local items = answer and (answer.items or answer) or {}
  local labels = vim.tbl_map(function(item) return item.label end, items)
  assert(vim.tbl_contains(labels, 'orders'), vim.inspect(labels))
end)

step('a value stands beside the metric', function()
  -- By hand: 20 and 5 in February, the last complete month, and 10 in January.
  eventually('25.00', function() return (hint(4) or ''):find('^25%.00 .*▲ 15%.00.*2025%-02') ~= nil end)
  assert(hint(2) == nil, 'hints of sources are switched off')
end)

step('the value changes after an edit', function()
  vim.api.nvim_buf_set_lines(buffer, 10, 10, false, { '    where: amount > 10' })
  eventually('20.00', function() return (hint(4) or ''):find('^20%.00') ~= nil end)
  eventually('the rows that are kept', function() return hint(10) == '1 of 3 rows' end)
end)

step('rename changes both files', function()
  local params = place(4, 'revenue', 2)
  assert(ask('textDocument/prepareRename', params), 'it cannot be renamed')
  params.newName = 'income'
  apply(ask('textDocument/rename', params))
  assert(line_of(buffer, 4) == '  income:', line_of(buffer, 4))
  local other = line_of(vim.fn.bufadd('targets.metrics.yaml'), 2) or ''
  assert(other:find('metric: income,', 1, true), other)
  eventually('no problem', function() return #problems() == 0 end)
end)

step('the server ends when it is asked to', function()
  vim.lsp.stop_client(client)
  eventually('its end', function() return exit_code ~= nil end)
  assert(exit_code == 0, 'it ended with ' .. tostring(exit_code))
end)

finish()
