/** The version of Bun whose runtime the executables hold. */
export const BUN_VERSION = '1.4.5';

/**
 * The platforms with an executable: Bun's package on the npm registry, its name as a target, and the integrity that the registry
 * gave for that version (2026-11-28). On x64 the ones for processors without AVX2, where Bun has them.
 */
export const PLATFORMS = {
  'linux-x64': {
    package: '@oven/bun-linux-x64-baseline',
    target: 'bun-linux-x64-baseline',
    integrity:
      'sha512-s8yMwYcFnnrA178gji0gZbkE2WVDej/Ti1x770oPfihxyRxSMNhGhiAQNXV53aDeraZxksdvKV/RAdQBCd0qPA==',
  },
  'linux-arm64': {
    package: '@oven/bun-linux-aarch64',
    target: 'bun-linux-arm64',
    integrity:
      'sha512-4BXmsSKnjOrlGWqZV4x/oWa7AVoR+B6lCXddMzOAXBIm3t50eslg9wb66gmtW1AamEQ1l1CDvmmruysEhqOWMg==',
  },
  'linux-x64-musl': {
    package: '@oven/bun-linux-x64-musl-baseline',
    target: 'bun-linux-x64-musl-baseline',
    integrity:
      'sha512-cWJhU8h0+MiUgpSt99sQhjxLIIosKEcKYdtKddohokUvAuN6jKOy7g7+QDTZTXtwHxz93wL3BX+L6wXVPDUH3A==',
  },
  'linux-arm64-musl': {
    package: '@oven/bun-linux-aarch64-musl',
    target: 'bun-linux-arm64-musl',
    integrity:
      'sha512-XCNc+WvvMAdNNb+OWTogpy+N9wm62fkVeEVLb6how0RZhW5LPi6c7BlkeVCuWps7XjEl2saFpHFa20/1E+PAHg==',
  },
  'macos-x64': {
    package: '@oven/bun-darwin-x64',
    target: 'bun-darwin-x64',
    integrity:
      'sha512-qkLPMGHZM9NI6CeHTWwVezzmlo6cC4Ta7yUAjYIWXS366qQcOlcp75t2uZyiuVRBMPS0h9qE0tCcvCHGaFqjJg==',
  },
  'macos-arm64': {
    package: '@oven/bun-darwin-aarch64',
    target: 'bun-darwin-arm64',
    integrity:
      'sha512-4MIFXHmctH2EhAxLXm2/qxNtv17dFtLJylvaOCsrgq6KSqHTs6eW5YSrJjRbJxYUJaR901fsN8JfZOa+CsWpWQ==',
  },
  'windows-x64': {
    package: '@oven/bun-windows-x64-baseline',
    target: 'bun-windows-x64-baseline',
    integrity:
      'sha512-/U3Dc74uGqE6EUqef7mPtg9KwJs7iJH4JHRMfIZIn18MrJh6Xz4gVvWDXRvzCL2j8wPlTnJVyrO4n7Qq4uM7TQ==',
  },
};
