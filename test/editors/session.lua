-- What a person does in Neovim: opens a template, reads the diagnostic, applies a code action, jumps to the provider.
-- Prints one JSON object. Runs on Neovim 0.7 and later.
local program = vim.env.CFN_TX_LINT
local root = vim.fn.getcwd()
local told = {}

vim.cmd('edit gateway.yaml')
local client = vim.lsp.start_client({
  name = 'cfn-tx-lint',
  cmd = { vim.env.NODE, program, 'lsp', '--stdio' },
  root_dir = root,
})
vim.lsp.buf_attach_client(0, client)

local function diagnostics()
  return vim.diagnostic.get(0)
end

vim.wait(20000, function() return #diagnostics() > 0 end, 50)
for _, diagnostic in ipairs(diagnostics()) do
  table.insert(told, { line = diagnostic.lnum, message = diagnostic.message, code = diagnostic.code })
end

-- The code action at the grant.
local wrong = vim.fn.search('TOKEN_EXCHANG$') > 0
vim.cmd('normal! $')
local params = vim.lsp.util.make_range_params()
params.context = { diagnostics = {} }
local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 20000) or {}
local titles = {}
for _, answer in pairs(answers) do
  for _, action in ipairs(answer.result or {}) do
    table.insert(titles, action.title)
    if action.isPreferred then vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16') end
  end
end
local grant = vim.trim(vim.fn.getline('.'))

-- The jump from the ProviderArn.
vim.fn.search('!ImportValue')
vim.lsp.buf.definition()
vim.wait(20000, function() return vim.fn.expand('%:t') == 'idp.yaml' end, 50)

io.stdout:write(vim.fn.json_encode({
  diagnostics = told,
  wrong = wrong,
  titles = titles,
  grant = grant,
  file = vim.fn.expand('%:t'),
  line = vim.trim(vim.fn.getline('.')),
}))
vim.cmd('qall!')
